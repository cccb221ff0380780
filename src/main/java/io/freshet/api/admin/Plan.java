package io.freshet.api.admin;

import io.freshet.catalog.Usages;
import io.freshet.event.Change;
import io.freshet.event.LeftOut;
import io.freshet.event.Presentation;
import io.freshet.event.ReportKey;
import io.freshet.plan.DatasetDecision;
import io.freshet.plan.RefreshPlan;
import io.freshet.state.RefreshRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a change would lead to, if nothing else were to be done.
 *
 * @param datasetsCount how many datasets are affected
 * @param datasets what would be done with each of them, and with those that are left out
 * @param datasetsFirst whether any of them would be run before its reports
 * @param unknownDatasets datasets that the change names and Mode doesn't know
 * @param reports what would be posted: one run per report
 * @param leftOut what the change concerns, and would not be refreshed
 */
record Plan(
        String account,
        String target,
        int datasetsCount,
        List<OfDataset> datasets,
        boolean datasetsFirst,
        SortedSet<String> unknownDatasets,
        int reportsCount,
        List<Post> reports,
        List<Unchanged> leftOut,
        PlannedCalls calls) {

    /**
     * What would be done with a dataset.
     *
     * @param name absent if Mode tells none, or it isn't to be shown
     * @param decision run_first, with_reports, already_fresh, run_refused, no_reports, or why it is left out
     */
    record OfDataset(String token, @Nullable String name, String decision, String why) {

        /** @param chosen why the change is for it, if not all of the data source has changed */
        static OfDataset of(String token, Names names, DatasetDecision decision, Optional<String> chosen) {
            var why = chosen.map(reason -> reason + "; ").orElse("") + decision.why();
            return new OfDataset(token, names.of(token), decision.word(), why);
        }

        static OfDataset of(LeftOut dataset, Names names) {
            return new OfDataset(
                    dataset.token(),
                    names.of(dataset.token()),
                    dataset.reason(),
                    dataset.reason().equals(LeftOut.NOT_MENTIONED)
                            ? "its SQL mentions none of the tables that changed"
                            : "it is left out, and its reports with it");
        }
    }

    /**
     * A run of a report.
     *
     * @param name absent if Mode tells none, or it isn't to be shown
     * @param reportToken the same as token
     * @param awaits datasets whose runs it would wait for
     */
    record Post(
            String token,
            @Nullable String name,
            String reportToken,
            SortedSet<String> datasetTokens,
            List<String> awaits) {

        static Post of(Map.Entry<ReportKey, RefreshRequest> request, RefreshPlan plan, Names names) {
            var report = request.getKey();
            var awaited = plan.awaits().get(report);
            return new Post(
                    report.reportToken(),
                    names.of(report.reportToken()),
                    report.reportToken(),
                    request.getValue().datasetTokens(),
                    awaited == null ? List.of() : List.copyOf(awaited));
        }
    }

    /** What would not be refreshed, as it is told on change-planned; a type of the API, or the executable couldn't write it. */
    record Unchanged(String token, @Nullable String name, String kind, String reason) {

        static Unchanged of(LeftOut one, Names names) {
            return new Unchanged(one.token(), names.of(one.token()), one.kind(), one.reason());
        }
    }

    /** What people call the datasets and reports, as far as it may be shown. */
    record Names(String account, Map<String, String> known, Presentation presentation) {

        @Nullable String of(String token) {
            return presentation
                    .shown(account, Optional.ofNullable(known.get(token)))
                    .orElse(null);
        }
    }

    static Plan of(
            Change change, Usages usages, RefreshPlan plan, Presentation presentation, int limit, Duration period) {
        var names = new Names(change.account(), usages.names(), presentation);
        return new Plan(
                change.account(),
                change.target().toString(),
                plan.datasets().size(),
                datasets(plan, usages, names),
                plan.datasetsFirst() > 0,
                usages.unknownDatasets(),
                plan.reports(),
                plan.requests().entrySet().stream()
                        .filter(request -> !request.getKey().isDataset())
                        .map(request -> Post.of(request, plan, names))
                        .toList(),
                plan.leftOut().stream().map(one -> Unchanged.of(one, names)).toList(),
                PlannedCalls.of(plan, limit, period));
    }

    private static List<OfDataset> datasets(RefreshPlan plan, Usages usages, Names names) {
        var decided = plan.datasets().entrySet().stream()
                .map(one -> OfDataset.of(
                        one.getKey(),
                        names,
                        one.getValue(),
                        Optional.ofNullable(usages.why().get(one.getKey()))));
        var leftOut = plan.leftOut().stream()
                .filter(one -> one.kind().equals("dataset") && !plan.datasets().containsKey(one.token()))
                .map(one -> OfDataset.of(one, names));
        return Stream.concat(decided, leftOut).toList();
    }
}
