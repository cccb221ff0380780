package io.freshet.ledger;

import io.freshet.state.OpenBatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The batches of one workspace: those that are open, and what is remembered of the settled ones. For one thread. */
final class WorkspaceBatches {

    private final Map<Long, OpenBatch> open = new LinkedHashMap<>();
    private final Map<Long, Long> batchByDigest = new LinkedHashMap<>();
    private final RememberedChanges remembered = new RememberedChanges();
    private long last;

    void put(OpenBatch batch) {
        var number = batch.key().number();
        if (open.put(number, batch) == null) {
            last = Math.max(last, number);
            for (var digest : batch.members().digests()) {
                batchByDigest.put(digest, number);
            }
        }
    }

    void remember(RememberedBatch batch) {
        last = Math.max(last, batch.number());
        remembered.add(batch);
        var before = open.remove(batch.number());
        if (before != null) {
            for (var digest : before.members().digests()) {
                batchByDigest.remove(digest, batch.number());
            }
        }
    }

    void forget(RememberedBatch batch) {
        remembered.forget(batch);
    }

    Optional<OpenBatch> open(long number) {
        return Optional.ofNullable(open.get(number));
    }

    /** The open batch that the change is in. */
    Optional<OpenBatch> of(long digest) {
        return Optional.ofNullable(batchByDigest.get(digest)).flatMap(this::open);
    }

    RememberedChanges remembered() {
        return remembered;
    }

    /** This number is taken, though of which batch is not known. */
    void countFrom(long number) {
        last = Math.max(last, number);
    }

    /** The highest number that there is; 0 where there is none. */
    long last() {
        return last;
    }
}
