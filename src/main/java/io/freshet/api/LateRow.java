package io.freshet.api;

import io.freshet.view.LateReport;
import java.time.Instant;

/**
 * A report that is late for an objective.
 *
 * @param changedAt when the oldest change was made that it didn't show in time
 * @param since when that was told
 */
record LateRow(String account, String reportToken, String objective, Instant changedAt, Instant since) {

    static LateRow of(LateReport late) {
        return new LateRow(
                late.account(), late.report(), late.objective(), late.change().changedAt(), late.since());
    }
}
