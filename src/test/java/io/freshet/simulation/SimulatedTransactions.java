package io.freshet.simulation;

import io.freshet.ledger.LedgerWiring.Fate;
import io.freshet.ledger.LedgerWiring.Log;
import io.freshet.ledger.LedgerWiring.Made;
import io.freshet.ledger.LedgerWiring.Outcome;
import io.freshet.ledger.LedgerWiring.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Transactions upon the topics: all of one or nothing, and nothing by a replica of an earlier generation. Some are
 * aborted; of some, whoever wrote them doesn't hear what became of them, which may be decided later.
 */
final class SimulatedTransactions {

    /** Past this, a change doesn't fit the state topic. What a report comes to always does. */
    private static final int LARGEST_CHANGE = 20_000;

    private final VirtualTime time;
    private final SimulatedTopics topics;
    private final Trouble trouble;
    private final SimulatedOwners owners;
    private final Map<Integer, Long> committed = new TreeMap<>();
    /** Transactions that are neither committed nor aborted, by partition. */
    private final Map<Integer, Integer> undecided = new HashMap<>();

    private final List<String> broken = new ArrayList<>();

    SimulatedTransactions(VirtualTime time, SimulatedTopics topics, Trouble trouble, SimulatedOwners owners) {
        this.time = time;
        this.topics = topics;
        this.trouble = trouble;
        this.owners = owners;
    }

    /** What no reader of the topics would see: an offset of the inbox that went back. */
    List<String> broken() {
        return broken;
    }

    long position(int partition) {
        return committed.getOrDefault(partition, 0L);
    }

    /** For one replica. */
    Log logOf(Machine machine) {
        return new Log() {
            @Override
            public Outcome write(List<Made> records, Map<Integer, Long> positions, ConsumerGroupMetadata group) {
                return transact(records, positions, group);
            }

            @Override
            public CompletionStage<Map<Integer, Snapshot>> read(Collection<Integer> partitions) {
                var found = new CompletableFuture<Map<Integer, Snapshot>>();
                machine.after(trouble.restoreTakes(), () -> restore(machine, Set.copyOf(partitions), found));
                return found;
            }
        };
    }

    private Outcome transact(List<Made> records, Map<Integer, Long> positions, ConsumerGroupMetadata group) {
        if (trouble.isKafkaAway()) {
            return Outcome.of(Fate.ABORTED);
        }
        var tooLarge = records.stream()
                .filter(SimulatedTransactions::isTooLarge)
                .map(Made::origin)
                .collect(Collectors.toSet());
        if (!tooLarge.isEmpty()) {
            return new Outcome(Fate.REFUSED, tooLarge);
        }
        if (!owners.isCurrent(group)) {
            return Outcome.of(Fate.GENERATION_PASSED);
        }
        return switch (trouble.transaction()) {
            case WELL -> {
                commit(records, positions);
                yield Outcome.of(Fate.COMMITTED);
            }
            case ABORTED -> Outcome.of(Fate.ABORTED);
            case UNKNOWN -> {
                leaveUndecided(records, positions);
                yield Outcome.of(Fate.UNKNOWN);
            }
        };
    }

    private static boolean isTooLarge(Made one) {
        var record = one.what();
        return record.topic().equals(SimulatedTopics.NAMES.state())
                && record.value() != null
                && record.value().length > LARGEST_CHANGE
                && new String(record.key(), java.nio.charset.StandardCharsets.UTF_8).contains("/changes/");
    }

    private void leaveUndecided(List<Made> records, Map<Integer, Long> positions) {
        positions.keySet().forEach(partition -> undecided.merge(partition, 1, Integer::sum));
        var isCommitted = time.chance(0.5);
        time.after(time.chance(0.5) ? time.millis(0, 50) : time.millis(50, 8_000), () -> {
            positions.keySet().forEach(partition -> undecided.merge(partition, -1, Integer::sum));
            if (isCommitted) {
                commit(records, positions);
            }
        });
    }

    private void commit(List<Made> records, Map<Integer, Long> positions) {
        records.forEach(one -> topics.append(one.what()));
        positions.forEach((partition, position) -> {
            if (position < position(partition)) {
                broken.add("offset: partition %d went back from %d to %d"
                        .formatted(partition, position(partition), position));
            }
            committed.put(partition, position);
        });
    }

    /** Not before the transactions that may still add to it are decided. */
    private void restore(Machine machine, Set<Integer> partitions, CompletableFuture<Map<Integer, Snapshot>> found) {
        if (trouble.isKafkaAway() || trouble.restoreFails()) {
            found.completeExceptionally(new KafkaException("nobody answers"));
        } else if (partitions.stream().anyMatch(partition -> undecided.getOrDefault(partition, 0) > 0)) {
            machine.after(time.millis(50, 200), () -> restore(machine, partitions, found));
        } else {
            var snapshots = new TreeMap<Integer, Snapshot>();
            partitions.stream()
                    .sorted()
                    .forEach(partition -> snapshots.put(
                            partition,
                            new Snapshot(
                                    List.copyOf(topics.partition(SimulatedTopics.NAMES.state(), partition)),
                                    position(partition))));
            machine.after(time.millis(0, 300), () -> found.complete(snapshots));
        }
    }
}
