package io.freshet.api;

import io.freshet.view.RunCounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change.
 *
 * @param state open, held (open, and it waits for a release), or settled
 * @param batch with which it was planned; absent before
 * @param settled as it was told on the topic change-settled
 */
record ChangeAnswer(
        String account,
        Change change,
        String state,
        @Nullable String batch,
        Runs runs,
        @Nullable Settled settled) {

    record Change(String source, String id, Instant changedAt) {}

    /** @param open how many haven't ended; absent once the change is settled */
    record Runs(
            int succeeded,
            int failed,
            int cancelled,
            int timedOut,
            int rejected,
            int leftOut,
            @Nullable Integer open) {

        static Runs of(RunCounts counts, boolean isSettled) {
            return new Runs(
                    counts.succeeded(),
                    counts.failed(),
                    counts.cancelled(),
                    counts.timedOut(),
                    counts.rejected(),
                    counts.leftOut(),
                    isSettled ? null : counts.open());
        }
    }

    /** @param freshnessSeconds from the change to the last success */
    record Settled(
            String account,
            Change change,
            String batch,
            String outcome,
            Runs runs,
            List<Map<String, Object>> notSucceeded,
            String data,
            @Nullable Double freshnessSeconds,
            Instant settledAt) {}
}
