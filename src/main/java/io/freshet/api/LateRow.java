package io.freshet.api;

import io.freshet.view.LateReport;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A report that is late for an objective.
 *
 * @param name of the report; absent if it isn't known
 * @param changedAt when the oldest change was made that it didn't show in time
 * @param since when that was told
 */
record LateRow(
        String account, String reportToken, @Nullable String name, String objective, Instant changedAt, Instant since) {

    static LateRow of(LateReport late, @Nullable String name) {
        return new LateRow(
                late.account(),
                late.report(),
                name,
                late.objective(),
                late.change().changedAt(),
                late.since());
    }
}
