package io.freshet.ledger;

import io.freshet.refresh.Standing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/** What the ledger's one thread is asked to do. */
sealed interface Task {

    /** Entries to be written; the answer is where each report stands then, empty where the entry came to nothing. */
    record Write(List<Entry> entries, CompletableFuture<List<Optional<Standing>>> done) implements Task {

        /** The same with the smaller form of what is passed on; empty where that was tried or there is none. */
        Optional<Write> smaller() {
            var smaller = entries.stream()
                    .map(entry -> entry instanceof Entry.PassedOn passedOn ? passedOn.smaller() : entry)
                    .toList();
            return smaller.equals(entries) ? Optional.empty() : Optional.of(new Write(smaller, done));
        }
    }

    /** A rebalance has ended: these partitions are new here. */
    record Assigned(Set<Integer> partitions, ConsumerGroupMetadata group) implements Task {}

    /** The group has another generation, and the partitions are ours in that as well. */
    record Regrouped(ConsumerGroupMetadata group) implements Task {}

    /** These partitions go. */
    record Revoked(Set<Integer> partitions, CompletableFuture<Void> done) implements Task {}

    /** A restore has ended; it counts only where the partition's assignment is still the one that began it. */
    record Restored(Map<Integer, Integer> assignments, Map<Integer, Restore.Found> found) implements Task {}

    /** No more. */
    record Stop(CompletableFuture<Void> done) implements Task {}
}
