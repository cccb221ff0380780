package io.freshet.plan;

import io.freshet.catalog.Usages;
import io.freshet.event.ChangeRefs;
import io.freshet.event.Refresh;
import io.freshet.event.ReportKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Turns the map round: from the datasets that are affected and their reports to one refresh per report. */
public final class Planner {

    private Planner() {}

    /** Each refresh names all the affected datasets that its report uses; the reports come in the order of their tokens. */
    public static List<Refresh> plan(
            String account, Usages usages, ChangeRefs causes, boolean backfill, Instant requestedAt) {
        var datasetsByReport = new TreeMap<String, SortedSet<String>>();
        usages.reportsByDataset()
                .forEach((dataset, reports) -> reports.forEach(report -> datasetsByReport
                        .computeIfAbsent(report, first -> new TreeSet<>())
                        .add(dataset)));
        return datasetsByReport.entrySet().stream()
                .map(use -> new Refresh(
                        new ReportKey(account, use.getKey()),
                        use.getValue(),
                        causes,
                        requestedAt,
                        longest(use.getValue(), usages.expectedRuntimes()),
                        backfill))
                .toList();
    }

    /** What is left to be said once the others have been: a report that isn't among them, or has more datasets here. */
    public static List<Refresh> rest(List<Refresh> all, List<Refresh> said) {
        var saidOf = said.stream().collect(Collectors.toMap(Refresh::report, Refresh::datasetTokens));
        return all.stream()
                .filter(refresh -> !saidOf.getOrDefault(refresh.report(), Collections.emptySortedSet())
                        .containsAll(refresh.datasetTokens()))
                .toList();
    }

    private static Optional<Duration> longest(SortedSet<String> datasets, Map<String, Duration> expectedRuntimes) {
        return datasets.stream()
                .flatMap(dataset -> Optional.ofNullable(expectedRuntimes.get(dataset)).stream())
                .max(Comparator.naturalOrder());
    }
}
