package io.freshet.ledger;

import io.freshet.state.ReportState;
import io.freshet.state.TrackingPolicy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.jboss.logging.Logger;

/** What the writer is asked to do. */
sealed interface WriterCommand {

    Logger LOG = Logger.getLogger(LedgerWriter.class);

    /**
     * Entries to be written, all of one partition.
     *
     * @param done where each report is then; empty if the entry had no effect
     */
    record Write(List<LedgerEntry> entries, CompletableFuture<List<Optional<ReportState>>> done)
            implements WriterCommand {
        public Write {
            entries = List.copyOf(entries);
        }

        /** They are committed, but for those that have failed. */
        void complete(List<EntryResult> results) {
            for (var result : results) {
                if (result.failure() != null) {
                    if (!(result.failure() instanceof HeldMeanwhile)) {
                        LOG.errorf(result.failure(), "an entry can't be written and is given up");
                    }
                    done.completeExceptionally(result.failure());
                }
            }
            done.complete(results.stream().map(EntryResult::state).toList());
        }

        void hadNoEffect() {
            done.complete(
                    entries.stream().map(entry -> Optional.<ReportState>empty()).toList());
        }
    }

    /** A rebalance has ended: these partitions are new here. */
    record Assigned(Set<Integer> partitions, ConsumerGroupMetadata group) implements WriterCommand {}

    /** The group has another generation, and the partitions are ours in that as well. */
    record GenerationChanged(ConsumerGroupMetadata group) implements WriterCommand {}

    /** These partitions go. */
    record Revoked(Set<Integer> partitions, CompletableFuture<Void> done) implements WriterCommand {}

    /** A restore has ended. It counts only if the partition's assignment is still the one that began it. */
    record Restored(Map<Integer, Integer> assignments, Map<Integer, RestoredPartition> found) implements WriterCommand {

        Restored readBack(Instant now, TrackingPolicy pace) {
            var readBack = new HashMap<>(found);
            readBack.replaceAll((partition, restored) -> restored.readBack(now, pace));
            return new Restored(assignments, readBack);
        }
    }

    /** No more. */
    record Stop(CompletableFuture<Void> done) implements WriterCommand {}
}
