package io.freshet.ledger;

import io.freshet.event.BatchKey;
import io.freshet.event.ReportKey;
import io.freshet.state.ReportState;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which reports wait for runs of datasets, by batch. Worked out from where the reports are, and never stored. For one thread. */
final class AwaitingReports {

    private final Map<BatchKey, Set<ReportKey>> byBatch = new HashMap<>();

    /** A report is elsewhere now. */
    void moved(ReportKey report, ReportState before, ReportState after) {
        before.memory().awaiting().keySet().forEach(number -> remove(new BatchKey(report.account(), number), report));
        after.memory().awaiting().keySet().forEach(number -> byBatch.computeIfAbsent(
                        new BatchKey(report.account(), number), first -> new LinkedHashSet<>())
                .add(report));
    }

    private void remove(BatchKey batch, ReportKey report) {
        var those = byBatch.get(batch);
        if (those != null && those.remove(report) && those.isEmpty()) {
            byBatch.remove(batch);
        }
    }

    /**
     * Those that may wait for this batch.
     *
     * @param moved reports that a transaction has moved, and which this doesn't know yet
     */
    Set<ReportKey> of(BatchKey batch, Map<ReportKey, Optional<ReportState>> moved) {
        var awaiting = new LinkedHashSet<>(byBatch.getOrDefault(batch, Set.of()));
        moved.forEach((report, state) -> {
            if (report.account().equals(batch.account()) && awaits(state, batch.number())) {
                awaiting.add(report);
            }
        });
        return awaiting;
    }

    private static boolean awaits(Optional<ReportState> state, long batch) {
        return state.filter(one -> one.memory().awaiting().containsKey(batch)).isPresent();
    }
}
