package io.freshet.api.admin;

import io.freshet.catalog.Usages;
import io.freshet.event.Change;
import io.freshet.event.ReportKey;
import io.freshet.state.RefreshRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * What a change would lead to, if nothing else were to be done.
 *
 * @param datasetsCount how many datasets are affected
 * @param unknownDatasets datasets that the change names and Mode doesn't know
 * @param reports what would be posted: one run per report
 */
record Plan(
        String account,
        String target,
        int datasetsCount,
        SortedSet<String> unknownDatasets,
        int reportsCount,
        List<Post> reports,
        Calls calls) {

    record Post(String reportToken, SortedSet<String> datasetTokens) {}

    /**
     * What it would take.
     *
     * @param posts one for each report
     * @param atLeast the posts, and one question after each run
     * @param limit requests per period that are used of the workspace's limit at present, by all replicas together
     * @param allPostedAfterSeconds when the last post leaves, if the limit is free for them and stays as it is
     */
    record Calls(int posts, int atLeast, int limit, double periodSeconds, double allPostedAfterSeconds) {

        static Calls of(int posts, int limit, Duration period) {
            var seconds = period.toMillis() / 1000.0;
            var fullPeriods = posts == 0 ? 0 : (posts - 1) / Math.max(1, limit);
            return new Calls(posts, 2 * posts, limit, seconds, fullPeriods * seconds);
        }
    }

    static Plan of(Change change, Usages usages, Map<ReportKey, RefreshRequest> refreshes, int limit, Duration period) {
        return new Plan(
                change.account(),
                change.target().toString(),
                usages.reportsByDataset().size(),
                usages.unknownDatasets(),
                refreshes.size(),
                refreshes.entrySet().stream()
                        .map(refresh -> new Post(
                                refresh.getKey().reportToken(),
                                refresh.getValue().datasetTokens()))
                        .toList(),
                Calls.of(refreshes.size(), limit, period));
    }
}
