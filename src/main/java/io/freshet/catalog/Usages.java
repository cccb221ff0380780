package io.freshet.catalog;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which reports use which datasets. Archived ones of both are left out.
 *
 * @param reportsByDataset tokens of the reports, by token of the dataset; a dataset that nobody uses has an empty set
 * @param expectedRuntimes how long Mode expects datasets to take, by token, where it says so; its listings don't
 * @param unknownDatasets datasets that were named and that Mode doesn't know
 */
public record Usages(
        SortedMap<String, SortedSet<String>> reportsByDataset,
        Map<String, Duration> expectedRuntimes,
        SortedSet<String> unknownDatasets) {

    public Usages {
        expectedRuntimes = Map.copyOf(expectedRuntimes);
        reportsByDataset = Collections.unmodifiableSortedMap(new TreeMap<>(reportsByDataset));
        unknownDatasets = Collections.unmodifiableSortedSet(new TreeSet<>(unknownDatasets));
    }

    static Usages of(Map<String, SortedSet<String>> reportsByDataset, Map<String, Duration> expectedRuntimes) {
        return new Usages(new TreeMap<>(reportsByDataset), expectedRuntimes, Collections.emptySortedSet());
    }

    /** One report, and these of its datasets. */
    static Usages ofReport(String report, SortedSet<String> datasets) {
        var reports = new TreeSet<>(List.of(report));
        var byDataset = new TreeMap<String, SortedSet<String>>();
        datasets.forEach(dataset -> byDataset.put(dataset, reports));
        return of(byDataset, Map.of());
    }

    Usages withUnknown(SortedSet<String> unknown) {
        return new Usages(reportsByDataset, expectedRuntimes, unknown);
    }
}
