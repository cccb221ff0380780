package io.freshet.catalog;

import io.freshet.event.LeftOut;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which reports use which datasets.
 *
 * @param reportsByDataset tokens of the reports, by token of the dataset; a dataset that nobody uses has an empty set, and one
 *     that is asked for by itself stands among its own
 * @param rows what Mode shows of the datasets, by token; not of those that it wasn't asked for
 * @param leftOut datasets and reports that would be among them, such as archived ones
 * @param unknownDatasets datasets that were named and that Mode doesn't know
 * @param names what people call the datasets, the reports and the target, by token, as far as Mode says
 * @param why the change is for a dataset, by token, if its SQL was looked at
 */
public record Usages(
        SortedMap<String, SortedSet<String>> reportsByDataset,
        Map<String, DatasetRow> rows,
        List<LeftOut> leftOut,
        SortedSet<String> unknownDatasets,
        Map<String, String> names,
        Map<String, String> why) {

    public Usages {
        rows = Map.copyOf(rows);
        reportsByDataset = Collections.unmodifiableSortedMap(new TreeMap<>(reportsByDataset));
        leftOut = leftOut.stream().distinct().toList();
        unknownDatasets = Collections.unmodifiableSortedSet(new TreeSet<>(unknownDatasets));
        names = Map.copyOf(names);
        why = Map.copyOf(why);
    }

    /** Who uses one dataset. */
    record Users(SortedSet<String> reports, List<LeftOut> leftOut, Map<String, String> names) {}

    static Usages of(
            Map<String, Users> users,
            Collection<LeftOut> datasetsLeftOut,
            Map<String, DatasetRow> rows,
            Map<String, String> datasetNames) {
        var reports = new TreeMap<String, SortedSet<String>>();
        var leftOut = new ArrayList<>(datasetsLeftOut);
        var names = new HashMap<>(datasetNames);
        new TreeMap<>(users).forEach((dataset, of) -> {
            reports.put(dataset, of.reports());
            leftOut.addAll(of.leftOut());
            names.putAll(of.names());
        });
        return new Usages(reports, rows, leftOut, Collections.emptySortedSet(), names, Map.of());
    }

    /** One report, and these of its datasets. Without any there is nothing to run. */
    static Usages ofReport(
            String report, SortedSet<String> datasets, Map<String, DatasetRow> rows, Map<String, String> names) {
        var reports = new TreeSet<>(List.of(report));
        var byDataset = new TreeMap<String, SortedSet<String>>();
        datasets.forEach(dataset -> byDataset.put(dataset, reports));
        var leftOut = datasets.isEmpty() ? List.of(LeftOut.report(report, "no_datasets")) : List.<LeftOut>of();
        return new Usages(byDataset, rows, leftOut, Collections.emptySortedSet(), names, Map.of());
    }

    /** A dataset that somebody asked for by its name. It is run, whoever uses it. */
    static Usages ofDataset(String dataset, DatasetRow row, Map<String, String> names) {
        var byDataset = new TreeMap<String, SortedSet<String>>(Map.of(dataset, new TreeSet<>(List.of(dataset))));
        return new Usages(byDataset, Map.of(dataset, row), List.of(), Collections.emptySortedSet(), names, Map.of());
    }

    /** Whether it is a dataset that is asked for by itself. */
    public boolean isAskedFor(String token) {
        var reports = reportsByDataset.get(token);
        return reports != null && reports.contains(token);
    }

    /** What Mode shows of the dataset. */
    public DatasetRow row(String dataset) {
        return rows.getOrDefault(dataset, DatasetRow.UNKNOWN);
    }

    /** Whether it is known of each dataset on which data source it is. */
    boolean areAllPlaced() {
        return rows.values().stream().allMatch(row -> row.dataSource().isPresent());
    }

    /** The same with the data source of each dataset, as far as it is known now. */
    Usages placed(Function<String, Optional<String>> sources) {
        var placed = new HashMap<String, DatasetRow>();
        rows.forEach((dataset, row) -> placed.put(dataset, row.on(sources.apply(dataset))));
        return new Usages(reportsByDataset, placed, leftOut, unknownDatasets, names, why);
    }

    /** With these instead, and more left out. */
    Usages but(SortedMap<String, SortedSet<String>> others, Collection<LeftOut> more) {
        return new Usages(
                others, rows, Stream.concat(leftOut.stream(), more.stream()).toList(), unknownDatasets, names, why);
    }

    Usages withUnknown(SortedSet<String> unknown) {
        return new Usages(reportsByDataset, rows, leftOut, unknown, names, why);
    }

    /** The target is called so. Where nobody knows, which is usual, nothing of a plan's thousands of reports is copied. */
    Usages called(String target, Optional<String> name) {
        return name.map(known -> {
                    var all = new HashMap<>(names);
                    all.put(target, known);
                    return new Usages(reportsByDataset, rows, leftOut, unknownDatasets, all, why);
                })
                .orElse(this);
    }

    /** The datasets were chosen like this. */
    Usages among(Mentioned mentioned) {
        var all = but(reportsByDataset, mentioned.leftOut());
        return new Usages(reportsByDataset, rows, all.leftOut, unknownDatasets, names, mentioned.why());
    }
}
