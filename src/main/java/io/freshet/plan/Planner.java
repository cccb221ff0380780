package io.freshet.plan;

import io.freshet.catalog.Usages;
import io.freshet.event.ChangeRefs;
import io.freshet.event.LeftOut;
import io.freshet.event.ReportKey;
import io.freshet.state.RefreshRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Turns the map round: from the datasets that are affected and their reports to one refresh per report, or dataset. */
public final class Planner {

    private final String account;
    private final Usages usages;
    private final SortedMap<String, DatasetDecision> decisions = new TreeMap<>();
    private final boolean backfill;
    private final Instant requestedAt;

    private Planner(String account, Usages usages, RunFirst.OfBatch first, boolean backfill, Instant requestedAt) {
        this.account = account;
        this.usages = usages;
        this.backfill = backfill;
        this.requestedAt = requestedAt;
        usages.reportsByDataset()
                .forEach((dataset, reports) -> decisions.put(dataset, decision(dataset, reports, first)));
    }

    private DatasetDecision decision(String dataset, SortedSet<String> reports, RunFirst.OfBatch first) {
        if (usages.isAskedFor(dataset)) {
            return DatasetDecision.RUN_FIRST;
        }
        return reports.isEmpty() ? DatasetDecision.NO_REPORTS : first.decide(dataset, usages.row(dataset));
    }

    /**
     * Each request of a report names all the affected datasets that it uses. Because of what the requests are, they say when
     * they are in a batch.
     */
    public static RefreshPlan plan(
            String account, Usages usages, RunFirst.OfBatch first, boolean backfill, Instant requestedAt) {
        return new Planner(account, usages, first, backfill, requestedAt).plan();
    }

    private RefreshPlan plan() {
        var requests = new LinkedHashMap<ReportKey, RefreshRequest>();
        var awaits = new HashMap<ReportKey, SortedSet<String>>();
        decisions.keySet().stream()
                .filter(this::goesFirst)
                .forEach(dataset ->
                        requests.put(ReportKey.dataset(account, dataset), request(new TreeSet<>(List.of(dataset)))));
        datasetsByReport().forEach((token, datasets) -> {
            var report = new ReportKey(account, token);
            var awaited = new TreeSet<>(datasets);
            awaited.removeIf(dataset -> !goesFirst(dataset));
            requests.put(report, awaited.isEmpty() ? request(datasets) : quick(datasets));
            if (!awaited.isEmpty()) {
                awaits.put(report, awaited);
            }
        });
        return new RefreshPlan(requests, awaits, decisions, leftOut());
    }

    private boolean goesFirst(String dataset) {
        return decisions.get(dataset) == DatasetDecision.RUN_FIRST;
    }

    private SortedMap<String, SortedSet<String>> datasetsByReport() {
        var datasetsByReport = new TreeMap<String, SortedSet<String>>();
        usages.reportsByDataset().forEach((dataset, reports) -> reports.stream()
                .filter(report -> !usages.isAskedFor(report))
                .forEach(report -> datasetsByReport
                        .computeIfAbsent(report, first -> new TreeSet<>())
                        .add(dataset)));
        return datasetsByReport;
    }

    private RefreshRequest request(SortedSet<String> datasets) {
        return new RefreshRequest(datasets, ChangeRefs.none(), requestedAt, longest(datasets), backfill);
    }

    /** What is expected of the datasets has passed when the report is run. */
    private RefreshRequest quick(SortedSet<String> datasets) {
        return new RefreshRequest(datasets, ChangeRefs.none(), requestedAt, Optional.empty(), backfill);
    }

    private Optional<Duration> longest(SortedSet<String> datasets) {
        return datasets.stream()
                .flatMap(dataset -> usages.row(dataset).expectedRuntime().stream())
                .max(Comparator.naturalOrder());
    }

    private List<LeftOut> leftOut() {
        var all = new ArrayList<>(usages.leftOut());
        decisions.forEach((dataset, decision) -> Stream.of(decision)
                .filter(DatasetDecision::isLeftOut)
                .forEach(one -> all.add(LeftOut.dataset(dataset, one.word()))));
        return all;
    }
}
