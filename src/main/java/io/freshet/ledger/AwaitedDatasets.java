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

    /** Takes the request in, at once or when they have been run. */
    ReportState into(ReportState state, ReportKey report, RefreshRequest request) {
        var awaited = awaited(report);
        return awaited.isEmpty() ? state.merge(request) : state.await(new Awaiting(request, awaited));
    }

    private SortedSet<String> awaited(ReportKey report) {
        var awaited = new TreeSet<>(byReport.getOrDefault(report, Collections.emptySortedSet()));
        awaited.removeIf(dataset -> !run.contains(ReportKey.dataset(report.account(), dataset)));
        return awaited;
    }
}
