package io.freshet.run;

import io.freshet.event.ChangeJson;
import io.freshet.event.DeadLetter;
import io.freshet.event.InboundRecord;
import io.freshet.event.NewerReaderNeeded;
import io.freshet.event.RunHint;
import io.freshet.event.Topics;
import io.freshet.ledger.Ledger;
import io.freshet.ledger.LedgerEntry;
import io.freshet.ledger.VersionCheck;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.RunUpdateJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Hands what the inbox brings over to the ledger, which commits its position with what came of it. */
@ApplicationScoped
class InboxReader {

    private static final Logger LOG = Logger.getLogger(InboxReader.class);
    /** So many records are handed over at most and not yet saved; the next ones stay in Kafka. */
    private static final int MOST = 10_000;

    private final Ledger ledger;
    private final Topics topics;
    private final VersionCheck version;
    private final FollowRun followRun;
    private final InboxTap tap;
    private final AtomicInteger handedOver = new AtomicInteger();

    InboxReader(Ledger ledger, Topics topics, VersionCheck version, FollowRun followRun, InboxTap tap) {
        this.ledger = ledger;
        this.version = version;
        this.topics = topics;
        this.followRun = followRun;
        this.tap = tap;
    }

    /** Ends at once, unless so much is handed over that this must be saved first. */
    @Incoming("inbox")
    Uni<Void> read(ConsumerRecords<byte[], byte[]> records) {
        tap.look();
        var saved = new ArrayList<Uni<Void>>();
        for (var partition : records.partitions()) {
            var entries = entries(records.records(partition));
            if (!entries.isEmpty()) {
                saved.add(enter(entries));
            }
        }
        if (saved.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var all = Uni.join()
                .all(saved)
                .andCollectFailures()
                .replaceWithVoid()
                .memoize()
                .indefinitely();
        if (handedOver.get() >= MOST) {
            return all.onFailure().recoverWithNull();
        }
        all.subscribe().with(done -> {}, failure -> LOG.debug("told by the ledger already", failure));
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> enter(List<LedgerEntry> entries) {
        handedOver.addAndGet(entries.size());
        return ledger.enter(entries)
                .onTermination()
                .invoke(() -> handedOver.addAndGet(-entries.size()))
                .replaceWithVoid();
    }

    /** Nothing from the first record on that this version may not read: what comes after it would pass it. */
    private List<LedgerEntry> entries(List<ConsumerRecord<byte[], byte[]>> records) {
        var entries = new ArrayList<LedgerEntry>();
        for (var record : records) {
            if (version.refusal().isPresent()) {
                break;
            }
            try {
                entries.addAll(entries(record));
            } catch (NewerReaderNeeded e) {
                version.refuse(e.of("%s-%d@%d".formatted(record.topic(), record.partition(), record.offset())));
            }
        }
        return entries;
    }

    private List<LedgerEntry> entries(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (RunHint.isKey(record.key())) {
                var hint = RunHint.read(value(record));
                return List.of(passed(record, Optional.empty()), followRun.askSooner(hint));
            }
            var run = LineageKey.parse(record.key());
            if (run.isPresent()) {
                var update = RunUpdateJson.read(value(record));
                return List.of(new LedgerEntry.RunHeard(
                        record.partition(), record.offset(), run.get().account(), update));
            }
            return List.of(new LedgerEntry.Opened(record.partition(), record.offset(), ChangeJson.read(value(record))));
        } catch (IOException | IllegalArgumentException e) {
            LOG.errorf(
                    "%s-%d@%d can't be read and becomes a dead letter: who else writes to this topic? %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
            var letter = DeadLetter.withoutValue(
                    topics.upstreamDataChangedDlq(),
                    InboundRecord.of(record),
                    "not_a_change",
                    "The inbox is Freshet's own, and this is nothing that it wrote: " + e.getMessage() + ".");
            return List.of(passed(record, Optional.of(letter)));
        }
    }

    private static LedgerEntry passed(
            ConsumerRecord<byte[], byte[]> record, Optional<ProducerRecord<byte[], byte[]>> deadLetter) {
        return new LedgerEntry.Passed(record.partition(), record.offset(), deadLetter);
    }

    private static byte[] value(ConsumerRecord<byte[], byte[]> record) throws IOException {
        if (record.value() == null) {
            throw new IOException("it has no value");
        }
        return record.value();
    }
}
