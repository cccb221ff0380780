package io.freshet.ledger;

import io.freshet.event.ReportKey;
import io.freshet.state.Awaiting;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportState;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which datasets the reports of a plan wait for. One that can't be run after all is waited for by none.
 *
 * @param byReport as it was planned
 * @param run what is run because of the plan
 */
record AwaitedDatasets(Map<ReportKey, SortedSet<String>> byReport, Set<ReportKey> run) {

    /** Whether any dataset is run before its reports. */
    boolean areSome() {
        return run.stream().anyMatch(report -> !awaited(report).isEmpty());
    }

    /**
     * Takes the request in, at once or when they have been run.
     *
     * @param states where reports and datasets are; the datasets of the plan carry it already
     */
    ReportState into(ReportKey report, RefreshRequest request, Function<ReportKey, ReportState> states) {
        var awaited = awaited(report);
        var state = states.apply(report);
        return awaited.isEmpty()
                ? state.merge(request)
                : state.await(
                        new Awaiting(request, awaited),
                        token -> states.apply(ReportKey.dataset(report.account(), token)));
    }

    private SortedSet<String> awaited(ReportKey report) {
        var awaited = new TreeSet<>(byReport.getOrDefault(report, Collections.emptySortedSet()));
        awaited.removeIf(dataset -> !run.contains(ReportKey.dataset(report.account(), dataset)));
        return awaited;
    }
}
