package io.freshet.view;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes that were planned together, as much of them as is asked for.
 *
 * @param changes how many they are
 * @param leftOut how many reports are left out
 * @param settled what became of them; none while a run is open
 */
record Batch(int changes, int leftOut, Optional<End> settled) {

    /**
     * @param notSucceeded JSON as it is told, absent where there is nothing to tell
     * @param lastSuccessMillis when the last good run ended, or 0
     */
    record End(
            String outcome,
            RunCounts runs,
            byte @Nullable [] notSucceeded,
            long settledMillis,
            long lastSuccessMillis) {

        /** Such a change may be sent again under its identity. */
        boolean isRefused() {
            return outcome.equals("refused");
        }
    }
}
