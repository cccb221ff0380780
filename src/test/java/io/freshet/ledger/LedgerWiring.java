package io.freshet.ledger;

import io.freshet.event.Presentation;
import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import io.freshet.state.TrackingPolicy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The ledger with a log of the simulation's: the records that it writes and reads are the real ones. */
public final class LedgerWiring {

    /** @param origin what brings it */
    public record Made(Object origin, ProducerRecord<byte[], byte[]> what) {}

    public enum Fate {
        COMMITTED,
        ABORTED,
        REFUSED,
        GENERATION_PASSED,
        UNKNOWN
    }

    /** @param refused the origins of what is too large */
    public record Outcome(Fate fate, Set<Object> refused) {
        public static Outcome of(Fate fate) {
            return new Outcome(fate, Set.of());
        }
    }

    /** The records of one partition of the state topic, and the committed offset of the inbox. */
    public record Snapshot(List<ConsumerRecord<byte[], byte[]>> records, long position) {}

    public interface Log {
        Outcome write(List<Made> records, Map<Integer, Long> positions, ConsumerGroupMetadata group);

        CompletionStage<Map<Integer, Snapshot>> read(Collection<Integer> partitions);
    }

    private record Settings(String transactionalIdPrefix, Duration transactionTimeout, int transactionEntries)
            implements LedgerConfig {}

    private LedgerWiring() {}

    /** Of replicas that have one version. */
    public static VersionCheck version() {
        return new VersionCheck(() -> {
            throw new IllegalStateException("a record for a later version, which nobody runs");
        });
    }

    public static Ledger ledger(
            Log log,
            Topics topics,
            WorkspacePartitions partitions,
            Presentation presentation,
            int entriesPerTransaction,
            VersionCheck version,
            TrackingPolicy pace,
            Clock clock,
            Executor workers,
            ScheduledExecutorService timer,
            ScheduledExecutorService thread) {
        return new Ledger(
                transactions(
                        log,
                        new TransactionRecords(
                                topics, partitions, presentation, new LedgerMetrics(new SimpleMeterRegistry()))),
                new WriteTrouble(),
                (all, listener) -> log.read(all).thenApply(LedgerWiring::restored),
                new Settings("", Duration.ofSeconds(10), entriesPerTransaction),
                version,
                pace,
                clock,
                workers,
                timer,
                thread);
    }

    private static TransactionLog transactions(Log log, TransactionRecords records) {
        return new TransactionLog() {
            @Override
            public CommitResult write(StagedTransaction staged, ConsumerGroupMetadata group) {
                var unmakeable = new HashSet<Origin>();
                var made = records.of(staged, unmakeable).stream()
                        .map(one -> new Made(one.origin(), one.what()))
                        .toList();
                return unmakeable.isEmpty()
                        ? result(log.write(made, Map.copyOf(staged.positions()), group))
                        : new CommitResult.Refused(unmakeable);
            }

            @Override
            public void close() {}
        };
    }

    private static TransactionLog.CommitResult result(Outcome outcome) {
        return switch (outcome.fate()) {
            case COMMITTED -> new TransactionLog.CommitResult.Committed();
            case ABORTED -> new TransactionLog.CommitResult.Aborted();
            case REFUSED ->
                new TransactionLog.CommitResult.Refused(
                        outcome.refused().stream().map(Origin.class::cast).collect(Collectors.toSet()));
            case GENERATION_PASSED -> new TransactionLog.CommitResult.GenerationPassed();
            case UNKNOWN -> new TransactionLog.CommitResult.Unknown();
        };
    }

    private static Map<Integer, RestoredPartition> restored(Map<Integer, Snapshot> found) {
        var restored = new HashMap<Integer, RestoredPartition>();
        found.forEach((partition, snapshot) -> {
            var image = new PartitionImage();
            snapshot.records().forEach(image::enter);
            restored.put(partition, image.restored(snapshot.position()));
        });
        return restored;
    }

    public static void assigned(Ledger ledger, Set<Integer> partitions, ConsumerGroupMetadata group) {
        ledger.assigned(partitions, group);
    }

    public static Uni<Void> revoked(Ledger ledger, Set<Integer> partitions, ConsumerGroupMetadata group) {
        return ledger.revoked(partitions, group);
    }
}
