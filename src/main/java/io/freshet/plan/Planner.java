package io.freshet.plan;

import io.freshet.catalog.Usages;
import io.freshet.event.ChangeRefs;
import io.freshet.event.ReportKey;
import io.freshet.state.RefreshRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns the map round: from the datasets that are affected and their reports to one refresh per report. */
public final class Planner {

    private Planner() {}

    /**
     * Each request names all the affected datasets that its report uses; reports come in the order of their tokens. Because
     * of what, they say when they are in a batch.
     */
    public static SortedMap<ReportKey, RefreshRequest> plan(
            String account, Usages usages, boolean backfill, Instant requestedAt) {
        var datasetsByReport = new TreeMap<String, SortedSet<String>>();
        usages.reportsByDataset()
                .forEach((dataset, reports) -> reports.forEach(report -> datasetsByReport
                        .computeIfAbsent(report, first -> new TreeSet<>())
                        .add(dataset)));
        var requests = new TreeMap<ReportKey, RefreshRequest>(Comparator.comparing(ReportKey::reportToken));
        datasetsByReport.forEach((report, datasets) -> requests.put(
                new ReportKey(account, report),
                new RefreshRequest(
                        datasets,
                        ChangeRefs.none(),
                        requestedAt,
                        longest(datasets, usages.expectedRuntimes()),
                        backfill)));
        return requests;
    }

    private static Optional<Duration> longest(SortedSet<String> datasets, Map<String, Duration> expectedRuntimes) {
        return datasets.stream()
                .flatMap(dataset -> Optional.ofNullable(expectedRuntimes.get(dataset)).stream())
                .max(Comparator.naturalOrder());
    }
}
