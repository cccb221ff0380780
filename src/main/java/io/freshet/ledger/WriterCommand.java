package io.freshet.ledger;

import io.freshet.state.ReportState;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/** What the ledger's one thread is asked to do. */
sealed interface WriterCommand {

    /** Entries to be written; the answer is where each report stands then, empty where the entry came to nothing. */
    record Write(List<LedgerEntry> entries, CompletableFuture<List<Optional<ReportState>>> done)
            implements WriterCommand {

        /** Whether all of it has been read from these partitions. */
        boolean isReadFrom(Set<Integer> partitions) {
            return entries.stream()
                    .allMatch(entry ->
                            entry instanceof LedgerEntry.Arrived arrived && partitions.contains(arrived.partition()));
        }

        void comeToNothing() {
            done.complete(
                    entries.stream().map(entry -> Optional.<ReportState>empty()).toList());
        }

        /** Each entry by itself; it is done when all of them are. */
        List<Write> split() {
            var parts = entries.stream()
                    .map(entry -> new Write(List.of(entry), new CompletableFuture<>()))
                    .toList();
            Uni.join()
                    .all(parts.stream()
                            .map(part -> Uni.createFrom().completionStage(part.done()))
                            .toList())
                    .andCollectFailures()
                    .subscribe()
                    .with(
                            results -> done.complete(
                                    results.stream().flatMap(List::stream).toList()),
                            done::completeExceptionally);
            return parts;
        }

        /** The same in a smaller form; empty where there is none. */
        Optional<Write> smaller() {
            var smaller = entries.stream()
                    .map(LedgerEntry::smaller)
                    .flatMap(Optional::stream)
                    .toList();
            return smaller.size() < entries.size() ? Optional.empty() : Optional.of(new Write(smaller, done));
        }
    }

    /** A rebalance has ended: these partitions are new here. */
    record Assigned(Set<Integer> partitions, ConsumerGroupMetadata group) implements WriterCommand {}

    /** The group has another generation, and the partitions are ours in that as well. */
    record GenerationChanged(ConsumerGroupMetadata group) implements WriterCommand {}

    /** These partitions go. */
    record Revoked(Set<Integer> partitions, CompletableFuture<Void> done) implements WriterCommand {}

    /** A restore has ended; it counts only where the partition's assignment is still the one that began it. */
    record Restored(Map<Integer, Integer> assignments, Map<Integer, ChangelogReader.Found> found)
            implements WriterCommand {}

    /** No more. */
    record Stop(CompletableFuture<Void> done) implements WriterCommand {}
}
