package io.freshet.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a workspace holds. Not for several threads: {@link SandboxWorkspace} keeps the lock. */
final class Contents {

    /** Of every report and dataset. */
    static final String OWNER = "nora_bek";

    final Map<String, Place> dataSources = new LinkedHashMap<>();
    /** Those of data sources that are somewhere else than their template says. */
    final Map<String, Connection> connections = new HashMap<>();

    final Map<String, Place> spaces = new LinkedHashMap<>();
    final Map<String, Dataset> datasets = new LinkedHashMap<>();
    final Map<String, Report> reports = new LinkedHashMap<>();
    /** By their names. */
    final Map<String, SqlDefinition> definitions = new LinkedHashMap<>();

    final Map<String, Duration> expectedRuntimes = new HashMap<>();
    final Runs runs;
    /** What happens once when the page of this number has been shown. */
    final Map<Integer, Runnable> afterPages = new HashMap<>();

    ReportRuns reportRuns = ReportRuns.LOAD;
    LastRunsTold lastRunsTold = LastRunsTold.IN_ROWS;
    /** The statuses that POSTs of datasets' runs are answered with. */
    final Map<String, Integer> refusals = new HashMap<>();

    final Map<String, QueryError> queryErrors = new HashMap<>();

    /** How runs of some reports look once they have ended. */
    final Map<String, OddEnd> oddEnds = new HashMap<>();
    /** By how much the clock that stamps runs is ahead of the time that it is. */
    Duration stampsAhead = Duration.ZERO;

    boolean repeatsRows;
    List<LastPage> lastPages = List.of(LastPage.values());

    private final RunClock clock;
    private final Random tokens;
    private int lastId = 2_104_510;
    private int ended;

    Contents(RunClock clock, Random tokens) {
        this.clock = clock;
        this.tokens = tokens;
        this.runs = new Runs(clock);
    }

    int newId() {
        return ++lastId;
    }

    Instant now() {
        return clock.now();
    }

    /** A page of a listing as it is answered: one without rows in the form whose turn it is. */
    Answer listed(ObjectNode page, String key, Page number) {
        return page.at("/_embedded/" + key).isEmpty() ? lastPage(number).answer(page, key) : Answer.hal(200, page);
    }

    /** The first page of something that is there is never 404. */
    private LastPage lastPage(Page number) {
        var form = lastPages.get(ended++ % lastPages.size());
        return form == LastPage.NOT_FOUND && number.number() == 1 ? LastPage.EMPTY_ARRAY : form;
    }

    void shown(Page page) {
        Optional.ofNullable(afterPages.remove(page.number())).ifPresent(Runnable::run);
    }

    /** Archived datasets can't be listed. */
    List<Dataset> datasetsOfDataSource(Place dataSource) {
        return datasets.values().stream()
                .filter(dataset -> !dataset.archived() && dataset.dataSource().equals(dataSource.token()))
                .toList();
    }

    List<Dataset> datasetsOfSpace(Place space) {
        return datasets.values().stream()
                .filter(dataset -> !dataset.archived() && dataset.space().equals(space.token()))
                .toList();
    }

    /** Archived reports are listed. */
    List<Report> reportsOfSpace(Place space) {
        return reports.values().stream()
                .filter(report -> report.space().equals(space.token()))
                .toList();
    }

    List<Report> reportsOf(Dataset dataset) {
        return reports.values().stream()
                .filter(report -> report.datasets().contains(dataset.token()))
                .toList();
    }

    /** Without those that were deleted since. */
    List<Dataset> datasetsOf(Report report) {
        return report.datasets().stream()
                .flatMap(token -> Optional.ofNullable(datasets.get(token)).stream())
                .toList();
    }

    Report visibleReport(String token) {
        var report = Optional.ofNullable(reports.get(token)).orElseThrow(() -> Refused.notFound("report not found"));
        if (report.forbidden()) {
            throw Refused.forbidden("you are not authorized to see this report");
        }
        return report;
    }

    String newToken() {
        return "%012x".formatted(tokens.nextLong() >>> 16);
    }

    SandboxRun start(String report, Set<String> datasetTokens, String executedBy) {
        var token = newToken();
        var read = reports.containsKey(report) ? readBy(reports.get(report), datasetTokens) : Set.<String>of();
        return switch (reportRuns) {
            case LOAD -> runs.start(token, report, datasetTokens, executedBy, loaded(read));
            case QUERY -> {
                var within = new TreeMap<String, String>();
                read.forEach(dataset -> within.put(dataset, newToken()));
                var run = runs.start(token, report, datasetTokens, executedBy, within);
                within.forEach((dataset, its) -> runs.startWithin(token, its, dataset, OWNER));
                yield run;
            }
        };
    }

    private Set<String> readBy(Report report, Set<String> named) {
        var imported = datasetsOf(report).stream().map(Dataset::token).toList();
        return new TreeSet<>(named.isEmpty() ? imported : named);
    }

    private Map<String, String> loaded(Set<String> read) {
        var loaded = new TreeMap<String, String>();
        read.forEach(dataset -> succeeded(dataset).findFirst().ifPresent(run -> loaded.put(dataset, run.token())));
        return loaded;
    }

    void refuseRunOf(String token) {
        switch (refusals.getOrDefault(token, 0)) {
            case 403 -> throw Refused.forbidden("you are not authorized to run this dataset");
            case 404 -> throw Refused.notFound("request path not recognized");
            case 405 -> throw new Refused(405, "method_not_allowed", "method not allowed");
            default -> {}
        }
    }

    /** The newest first. */
    List<SandboxRun> runsTold(String token) {
        var isHidden = lastRunsTold == LastRunsTold.NOWHERE && datasets.containsKey(token);
        return isHidden ? List.of() : runs.of(token);
    }

    /** Runs that are seen to have ended well, the newest first. */
    Stream<SandboxRun> succeeded(String token) {
        return runs.each(token).filter(SandboxRun::hasSucceeded).filter(run -> !oddEnds.containsKey(run.report()));
    }

    void clear() {
        dataSources.clear();
        connections.clear();
        spaces.clear();
        datasets.clear();
        reports.clear();
        definitions.clear();
        expectedRuntimes.clear();
        afterPages.clear();
        oddEnds.clear();
        refusals.clear();
        queryErrors.clear();
        reportRuns = ReportRuns.LOAD;
        lastRunsTold = LastRunsTold.IN_ROWS;
        runs.clear();
    }
}
