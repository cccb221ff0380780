package io.freshet.api.produce;

import io.freshet.event.Change;
import io.freshet.event.Decoded;
import io.freshet.event.InboundRecord;
import io.freshet.event.OwnIdentity;
import io.freshet.intake.InputReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Judges what was sent as the intake will judge its records. Either all of it is good, or none is to be written. */
final class ReadChanges {

    /** The source of a change that came with no envelope. */
    static final String SOURCE = "/http";

    private final InputReader reader;
    private final Supplier<String> newId;

    /** @param newId the identity of a change that came with no envelope */
    ReadChanges(InputReader reader, Supplier<String> newId) {
        this.reader = reader;
        this.newId = newId;
    }

    /** All of a request. */
    sealed interface Judged {

        <R> R fold(Function<Good, R> good, Function<Bad, R> bad);

        record Good(List<PostedChange> changes) implements Judged {

            public Good {
                changes = List.copyOf(changes);
            }

            @Override
            public <R> R fold(Function<Good, R> good, Function<Bad, R> bad) {
                return good.apply(this);
            }
        }

        /** @param of how many there were */
        record Bad(List<RefusedChanges.Refused> refused, int of) implements Judged {

            public Bad {
                refused = List.copyOf(refused);
            }

            @Override
            public <R> R fold(Function<Good, R> good, Function<Bad, R> bad) {
                return bad.apply(this);
            }
        }
    }

    Judged judge(List<InboundRecord> records, Instant now) {
        var good = new ArrayList<PostedChange>();
        var bad = new ArrayList<RefusedChanges.Refused>();
        for (var record : records) {
            var index = good.size() + bad.size();
            read(record, now)
                    .fold(good::add, (code, reason) -> bad.add(new RefusedChanges.Refused(index, code, reason)));
        }
        return bad.isEmpty() ? new Judged.Good(good) : new Judged.Bad(bad, records.size());
    }

    private Decoded<PostedChange> read(InboundRecord record, Instant now) {
        return posted(record, now)
                .fold(
                        posted -> OwnIdentity.isMissing(record)
                                ? posted(OwnIdentity.give(record, SOURCE, newId.get(), now), now)
                                : new Decoded.Usable<>(posted),
                        Decoded.Unusable::new);
    }

    private Decoded<PostedChange> posted(InboundRecord record, Instant now) {
        Decoded<Change> change = reader.read(record, now);
        return change.fold(read -> new Decoded.Usable<>(new PostedChange(read, record)), Decoded.Unusable::new);
    }
}
