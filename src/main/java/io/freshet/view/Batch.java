package io.freshet.view;

import io.freshet.event.ChangeDigests;
import io.freshet.event.ChangeOutcome;
import io.freshet.event.DataFreshness;
import java.util.Optional;

/**
 * Changes that were planned together, as much of them as is asked for.
 *
 * @param plannedMillis when they were planned
 * @param changes how many they are
 * @param leftOut how many reports are left out
 * @param settled what became of them; none while a run is open
 */
record Batch(long plannedMillis, int changes, int leftOut, Optional<End> settled) {

    /**
     * @param notSucceeded JSON as it is told
     * @param settledNanos when they were settled, as exactly as it was told
     * @param lastSuccessNanos when the last good run ended, or 0
     */
    record End(
            ChangeOutcome outcome,
            RunCounts runs,
            String notSucceeded,
            DataFreshness data,
            long settledNanos,
            long lastSuccessNanos) {

        ChangeStatus.Settled told() {
            return new ChangeStatus.Settled(
                    outcome.word(),
                    notSucceeded,
                    data.word(),
                    ChangeDigests.at(settledNanos),
                    lastSuccessNanos == 0 ? Optional.empty() : Optional.of(ChangeDigests.at(lastSuccessNanos)));
        }

        /** Such a change may be sent again under its identity. */
        boolean isRefused() {
            return outcome == ChangeOutcome.REFUSED;
        }
    }
}
