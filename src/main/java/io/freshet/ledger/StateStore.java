package io.freshet.ledger;

import io.freshet.event.ReportKey;
import io.freshet.state.ReportState;
import io.freshet.state.Transition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the reports of the owned partitions stand, as committed; and what a batch of entries would make of it.
 * Plain Java, for one thread.
 */
final class StateStore {

    private static final class PartitionState {
        final Map<ReportKey, ReportState> states;
        long position;

        PartitionState(Map<ReportKey, ReportState> states, long position) {
            this.states = new HashMap<>(states);
            this.position = position;
        }
    }

    private final Map<Integer, PartitionState> partitionStates = new HashMap<>();
    private final Map<ReportKey, Integer> partitions = new HashMap<>();

    /** A partition was restored. */
    void open(int partition, Map<ReportKey, ReportState> states, long position) {
        close(partition);
        partitionStates.put(partition, new PartitionState(states, position));
        states.keySet().forEach(report -> partitions.put(report, partition));
    }

    /** A partition was taken away. */
    void close(int partition) {
        var partitionState = partitionStates.remove(partition);
        if (partitionState != null) {
            partitions.keySet().removeAll(partitionState.states.keySet());
        }
    }

    /** The partition of a report that has a state. */
    int partitionOf(ReportKey report) {
        return Objects.requireNonNull(partitions.get(report), report::key);
    }

    boolean has(int partition) {
        return partitionStates.containsKey(partition);
    }

    /** Works the entries out, each upon those before it. Nothing changes until the page is {@linkplain #keep kept}. */
    StagedTransaction write(List<LedgerEntry> entries) {
        var page = new StagedTransaction();
        for (var entry : entries) {
            page.results().add(write(entry, page));
        }
        // Every transaction that touches a partition also commits its position: that is what ties it to the
        // generation of the consumer group, and so refuses a replica that has lost the partition (KIP-447).
        page.durable().forEach(place -> page.positions()
                .computeIfAbsent(place.partition(), partition -> partitionState(partition).position));
        return page;
    }

    private Optional<ReportState> write(LedgerEntry entry, StagedTransaction page) {
        if (entry instanceof LedgerEntry.StateChange moved) {
            return Optional.ofNullable(partitions.get(moved.report())).flatMap(partition -> moved.step()
                    .apply(current(partition, moved.report(), page))
                    .map(step -> note(partition, moved.report(), step, page)));
        }
        var arrived = (LedgerEntry.Arrived) entry;
        var partitionState = partitionStates.get(arrived.partition());
        var expected = partitionState == null
                ? Long.MAX_VALUE
                : page.positions().getOrDefault(arrived.partition(), partitionState.position);
        if (arrived.offset() < expected) {
            return Optional.empty(); // read twice, or of a partition that has gone
        }
        page.positions().put(arrived.partition(), arrived.offset() + 1);
        if (arrived instanceof LedgerEntry.Forwarded forwarded) {
            page.forwarded().add(forwarded.record());
            return Optional.empty();
        }
        return merge((LedgerEntry.Refresh) arrived, page);
    }

    private Optional<ReportState> merge(LedgerEntry.Refresh wished, StagedTransaction page) {
        var before = current(wished.partition(), wished.report(), page);
        var after = before.merge(wished.request());
        if (after != before) {
            page.states().put(wished.report(), after);
            page.durable().add(new StagedTransaction.Place(wished.partition(), wished.report()));
        }
        return wished.atOnce()
                .flatMap(step -> after.ifWaiting().map(step))
                .map(step -> note(wished.partition(), wished.report(), step, page))
                .or(() -> Optional.of(after));
    }

    private static ReportState note(int partition, ReportKey report, Transition step, StagedTransaction page) {
        page.states().put(report, step.to());
        if (step.durable()) {
            page.durable().add(new StagedTransaction.Place(partition, report));
        }
        step.told().ifPresent(page.told()::add);
        return step.to();
    }

    private ReportState current(int partition, ReportKey report, StagedTransaction page) {
        var noted = page.states().get(report);
        if (noted != null) {
            return noted;
        }
        return Optional.ofNullable(partitionStates.get(partition))
                .map(partitionState -> partitionState.states.get(report))
                .orElseGet(ReportState::unknown);
    }

    /** The page was committed: this is how things stand now. */
    void keep(StagedTransaction page) {
        page.positions().forEach((partition, position) -> partitionState(partition).position = position);
        page.durable().forEach(place -> partitions.putIfAbsent(place.report(), place.partition()));
        page.states()
                .forEach((report, state) ->
                        partitionState(partitionOf(report)).states.put(report, state));
    }

    private PartitionState partitionState(int partition) {
        return Objects.requireNonNull(partitionStates.get(partition), () -> "partition " + partition + " is not open");
    }
}
