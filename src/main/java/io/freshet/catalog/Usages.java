package io.freshet.catalog;

import io.freshet.event.LeftOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which reports use which datasets.
 *
 * @param reportsByDataset tokens of the reports, by token of the dataset; a dataset that nobody uses has an empty set
 * @param expectedRuntimes how long Mode expects datasets to take, by token, where it says so; its listings don't
 * @param leftOut datasets and reports that would be among them, such as archived ones
 * @param unknownDatasets datasets that were named and that Mode doesn't know
 */
public record Usages(
        SortedMap<String, SortedSet<String>> reportsByDataset,
        Map<String, Duration> expectedRuntimes,
        List<LeftOut> leftOut,
        SortedSet<String> unknownDatasets) {

    public Usages {
        expectedRuntimes = Map.copyOf(expectedRuntimes);
        reportsByDataset = Collections.unmodifiableSortedMap(new TreeMap<>(reportsByDataset));
        leftOut = leftOut.stream().distinct().toList();
        unknownDatasets = Collections.unmodifiableSortedSet(new TreeSet<>(unknownDatasets));
    }

    /** Who uses one dataset. */
    record Users(SortedSet<String> reports, List<LeftOut> leftOut) {}

    static Usages of(
            Map<String, Users> users, Collection<LeftOut> datasetsLeftOut, Map<String, Duration> expectedRuntimes) {
        var reports = new TreeMap<String, SortedSet<String>>();
        var leftOut = new ArrayList<>(datasetsLeftOut);
        new TreeMap<>(users).forEach((dataset, of) -> {
            reports.put(dataset, of.reports());
            leftOut.addAll(of.leftOut());
        });
        return new Usages(reports, expectedRuntimes, leftOut, Collections.emptySortedSet());
    }

    /** One report, and these of its datasets. Without any there is nothing to run. */
    static Usages ofReport(String report, SortedSet<String> datasets) {
        var reports = new TreeSet<>(List.of(report));
        var byDataset = new TreeMap<String, SortedSet<String>>();
        datasets.forEach(dataset -> byDataset.put(dataset, reports));
        var leftOut = datasets.isEmpty() ? List.of(LeftOut.report(report, "no_datasets")) : List.<LeftOut>of();
        return new Usages(byDataset, Map.of(), leftOut, Collections.emptySortedSet());
    }

    /** With these instead, and more left out. */
    Usages but(SortedMap<String, SortedSet<String>> others, Collection<LeftOut> more) {
        return new Usages(
                others,
                expectedRuntimes,
                Stream.concat(leftOut.stream(), more.stream()).toList(),
                unknownDatasets);
    }

    Usages withUnknown(SortedSet<String> unknown) {
        return new Usages(reportsByDataset, expectedRuntimes, leftOut, unknown);
    }
}
