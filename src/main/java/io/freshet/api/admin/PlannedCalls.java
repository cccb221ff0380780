package io.freshet.api.admin;

import io.freshet.event.ReportKey;
import io.freshet.plan.RefreshPlan;
import io.freshet.state.RefreshRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;

/**
 * What a plan would take.
 *
 * @param posts one for each dataset that is run first, and one for each report
 * @param atLeast the posts, and one question after each run
 * @param limit requests per period that are used of the workspace's limit at present, by all replicas together
 * @param allPostedAfterSeconds when the last post leaves, if the limit is free for them and stays as it is: reports after the
 *     runs of datasets, as long as Mode expects these to take, where it says so
 */
record PlannedCalls(int posts, int atLeast, int limit, double periodSeconds, double allPostedAfterSeconds) {

    static PlannedCalls of(RefreshPlan plan, int limit, Duration period) {
        var seconds = period.toMillis() / 1000.0;
        var posts = plan.requests().size();
        var all = fullPeriods(posts, limit) * seconds;
        var second = plan.datasetsFirst() == 0 || plan.reports() == 0
                ? 0
                : (fullPeriods(plan.datasetsFirst(), limit) + fullPeriods(plan.reports(), limit)) * seconds
                        + longestRun(plan).toMillis() / 1000.0;
        return new PlannedCalls(posts, 2 * posts, limit, seconds, Math.max(all, second));
    }

    /** How many have passed when the last of so many posts leaves. */
    private static int fullPeriods(int posts, int limit) {
        return posts == 0 ? 0 : (posts - 1) / Math.max(1, limit);
    }

    private static Duration longestRun(RefreshPlan plan) {
        return plan.requests().entrySet().stream()
                .filter(request -> request.getKey().isDataset())
                .map(Map.Entry<ReportKey, RefreshRequest>::getValue)
                .flatMap(request -> request.expectedRuntime().stream())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
