package io.freshet.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** What the workspace holds, to be looked at and changed while the sandbox runs. What is named must be there already. */
public final class SandboxWorkspace {

    private final RunClock clock;
    private final Contents contents;
    private final DatasetRuns datasetRuns = new DatasetRuns(this);
    private final SqlOfDatasets sql = new SqlOfDatasets(this);

    public SandboxWorkspace() {
        this(Clock.systemUTC());
    }

    SandboxWorkspace(Clock clock) {
        this(clock, new Random());
    }

    /** @param random for the tokens of runs */
    SandboxWorkspace(Clock clock, Random random) {
        this.clock = new RunClock(clock);
        this.contents = new Contents(this.clock, random);
    }

    /** From now on, the ends of runs of this report look so. The report itself doesn't show them. */
    public synchronized void endsOddly(String report, OddEnd end) {
        contents.oddEnds.put(report, end);
    }

    /** The clock that stamps runs is ahead by this much, in what is answered and nowhere else. */
    public synchronized void stampsAhead(Duration ahead) {
        contents.stampsAhead = ahead;
    }

    public static SandboxWorkspace sample() {
        var workspace = new SandboxWorkspace();
        SampleWorkspace.fill(workspace);
        return workspace;
    }

    /** The sample, as people use it: its datasets have been run before, and Mode's schedule runs one of them. */
    public static SandboxWorkspace sampleInUse() {
        var workspace = sample();
        SampleWorkspace.use(workspace);
        return workspace;
    }

    public synchronized void addDataSource(String token, String name) {
        contents.dataSources.put(token, new Place(token, contents.newId(), name));
    }

    /** Where it is: Mode's rows say so of a data source. */
    public synchronized void connect(String token, Connection connection) {
        contents.connections.put(known(contents.dataSources, token).token(), connection);
    }

    public synchronized void addSpace(String token, String name) {
        contents.spaces.put(token, new Place(token, contents.newId(), name));
    }

    public synchronized void addDataset(String token, String name, String dataSource, String space) {
        var at = contents.now();
        known(contents.dataSources, dataSource);
        known(contents.spaces, space);
        var sql = Optional.of("SELECT * FROM \"" + name + "\"");
        contents.datasets.put(
                token, new Dataset(token, contents.newId(), name, "", dataSource, space, false, at, at, sql, at));
    }

    public synchronized void addReport(String token, String name, String space, String... datasetTokens) {
        known(contents.spaces, space);
        var datasets = List.of(datasetTokens);
        datasets.forEach(dataset -> known(contents.datasets, dataset));
        contents.reports.put(
                token, new Report(token, contents.newId(), name, space, datasets, false, false, contents.now()));
    }

    public synchronized void archiveDataset(String token) {
        contents.datasets.put(token, known(contents.datasets, token).asArchived());
    }

    public synchronized void archiveReport(String token) {
        contents.reports.put(token, known(contents.reports, token).asArchived());
    }

    /** It is listed behind all others from now on. */
    public synchronized void moveReportToEnd(String token) {
        var report = known(contents.reports, token);
        contents.reports.remove(token);
        contents.reports.put(token, report);
    }

    /** What happens, once, when a page of this number of some listing has been shown: before the next one is. */
    public synchronized void afterPage(int number, Runnable happening) {
        contents.afterPages.put(number, happening);
    }

    /** It is listed nowhere any more, and answers 404. */
    public synchronized void removeReport(String token) {
        known(contents.reports, token);
        contents.reports.remove(token);
    }

    /** It stays listed, and answers 403. */
    public synchronized void forbidReport(String token) {
        contents.reports.put(token, known(contents.reports, token).asForbidden());
    }

    /** What {@code expected_runtime} says of a report or dataset from now on. */
    public synchronized void expectRuntime(String token, Duration runtime) {
        contents.expectedRuntimes.put(token, runtime);
    }

    /** Whether a page of datasets begins with the last row of the page before. */
    public synchronized void repeatRows(boolean repeats) {
        contents.repeatsRows = repeats;
    }

    /** The forms in which listings end, in turn; at first all there are. */
    public synchronized void endListingsWith(List<LastPage> forms) {
        if (forms.isEmpty()) {
            throw new IllegalArgumentException("listings must end in some form");
        }
        contents.lastPages = List.copyOf(forms);
    }

    public synchronized List<String> dataSources() {
        return List.copyOf(contents.dataSources.keySet());
    }

    public synchronized List<String> spaces() {
        return List.copyOf(contents.spaces.keySet());
    }

    public synchronized List<String> datasets() {
        return List.copyOf(contents.datasets.keySet());
    }

    public synchronized List<String> reports() {
        return List.copyOf(contents.reports.keySet());
    }

    public synchronized Set<String> datasetsOf(String reportToken) {
        var tokens = new LinkedHashSet<String>();
        contents.datasetsOf(known(contents.reports, reportToken)).forEach(dataset -> tokens.add(dataset.token()));
        return tokens;
    }

    /** Those that a listing shows: archived ones can't be found. */
    public synchronized List<String> datasetsOfDataSource(String token) {
        return Optional.ofNullable(contents.dataSources.get(token))
                .map(contents::datasetsOfDataSource)
                .map(SandboxWorkspace::tokens)
                .orElse(List.of());
    }

    /** Those that a listing shows: archived ones can't be found. */
    public synchronized List<String> datasetsOfSpace(String token) {
        return Optional.ofNullable(contents.spaces.get(token))
                .map(contents::datasetsOfSpace)
                .map(SandboxWorkspace::tokens)
                .orElse(List.of());
    }

    /** Without those that are archived. */
    public synchronized List<String> reportsOfDataset(String token) {
        return Optional.ofNullable(contents.datasets.get(token)).map(contents::reportsOf).orElse(List.of()).stream()
                .filter(report -> !report.archived())
                .map(Report::token)
                .toList();
    }

    /** Of a report or a dataset, the newest first. They outlive it. */
    public synchronized List<SandboxRun> runs(String reportToken) {
        return contents.runs.of(reportToken);
    }

    /** A person runs the whole report. */
    public synchronized SandboxRun runByHand(String reportToken, String executedBy) {
        return contents.start(known(contents.reports, reportToken).token(), Set.of(), executedBy);
    }

    /** It vanishes: 404. */
    public synchronized void removeRun(String runToken) {
        if (!contents.runs.remove(runToken)) {
            throw new IllegalArgumentException("no run " + runToken);
        }
    }

    public synchronized void clear() {
        contents.clear();
    }

    RunClock clock() {
        return clock;
    }

    public DatasetRuns datasetRuns() {
        return datasetRuns;
    }

    public SqlOfDatasets sql() {
        return sql;
    }

    synchronized <T> T locked(Function<Contents, T> deed) {
        return deed.apply(contents);
    }

    private static List<String> tokens(List<Dataset> datasets) {
        return datasets.stream().map(Dataset::token).toList();
    }

    private static <T> T known(Map<String, T> shelf, String token) {
        return Optional.ofNullable(shelf.get(token))
                .orElseThrow(() -> new IllegalArgumentException("no " + token + " among " + shelf.keySet()));
    }
}
