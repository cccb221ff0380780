package io.freshet.bench;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxWorkspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** 20 datasets on one source and 200 reports, under Mode's own limit of 40 requests in 10 s. */
final class BudgetWorkspace {

    static final int REPORTS = 200;
    static final String CHANGE = "{\"data_source\": \"50acce0f0001\"}";

    static final int WARM_UPS = 40;
    static final int DATASETS = 20;
    static final String SOURCE = "50acce0f0001";
    static final String WARM_UP_SOURCE = "50acce0f0002";

    private static final int BURST = 40;
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private BudgetWorkspace() {}

    static String oneSpace(int report) {
        return "59ace0000001";
    }

    static String ownSpace(int report) {
        return "59ace1%06d".formatted(report);
    }

    /** @param space the Collection of a report */
    static void fill(SandboxWorkspace workspace, Function<Integer, String> space) {
        workspace.addDataSource(SOURCE, "Warehouse");
        for (var n = 0; n < REPORTS; n++) {
            workspace.addSpace(space.apply(n), "Sales");
        }
        for (var n = 0; n < DATASETS; n++) {
            workspace.addDataset(dataset(n), "Dataset " + n, SOURCE, space.apply(0));
        }
        for (var n = 0; n < REPORTS; n++) {
            workspace.addReport(
                    report(n), "Report " + n, space.apply(n), dataset(n % DATASETS), dataset((n + 7) % DATASETS));
        }
    }

    static String dataset(int number) {
        return "da7a5e%06d".formatted(number);
    }

    private static String report(int number) {
        return "4e9047%06d".formatted(number);
    }

    /** A source of its own with a report for each place of the limit, by which a JVM gets warm. */
    static void fillWarmUp(SandboxWorkspace workspace) {
        workspace.addDataSource(WARM_UP_SOURCE, "Warm-up");
        workspace.addSpace("59ace2000000", "Warm-up");
        workspace.addDataset("da7a5f000000", "Warm-up", WARM_UP_SOURCE, "59ace2000000");
        for (var n = 0; n < WARM_UPS; n++) {
            workspace.addReport("4e9048%06d".formatted(n), "Warm-up " + n, "59ace2000000", "da7a5f000000");
        }
    }

    /** Writes how close to the limit it was, and with how few calls. */
    static void report(Sandbox sandbox, Instant changed, Table table, String timeGoal, String goal) {
        var calls = since(sandbox, changed);
        var posts = calls.stream().filter(CallLog.Call::isPost).count();
        var resolving = calls.stream().filter(BudgetWorkspace::isResolving).count();
        table.row(
                "seconds from the change to the last POST",
                seconds(sandbox, changed),
                bound(sandbox, changed),
                timeGoal);
        table.row("calls per refreshed report", (double) calls.size() / REPORTS, goal);
        table.row("of these, POSTs", (double) posts / REPORTS, "");
        table.row("of these, to find out which reports", (double) resolving / REPORTS, "");
        table.row("of these, to follow runs", (double) (calls.size() - posts - resolving) / REPORTS, "");
        table.row("runs that were open at once, at most", mostOpen(sandbox.workspace()), "");
        table.row("most calls in any 10 s", busiest(sandbox), "≤ 40");
        table.row("answers of 429", refused(sandbox), "0");
    }

    /** From the change to its last POST. */
    static double seconds(Sandbox sandbox, Instant changed) {
        var posts =
                since(sandbox, changed).stream().filter(CallLog.Call::isPost).toList();
        return Duration.between(changed, posts.get(posts.size() - 1).at()).toMillis() / 1000.0;
    }

    /** So many calls need so many periods, and the last period's first call may leave when it begins. */
    static double bound(Sandbox sandbox, Instant changed) {
        var needed = since(sandbox, changed).stream()
                        .filter(BudgetWorkspace::isResolving)
                        .count()
                + REPORTS;
        return periods(needed);
    }

    private static double periods(long calls) {
        return (Math.ceil((double) calls / BURST) - 1) * PERIOD.toSeconds();
    }

    /**
     * The same where each dataset is run first: these runs are posted and asked after as well, before the last POST.
     *
     * @param running how long a dataset's run takes
     */
    static void reportDatasetsFirst(Sandbox sandbox, Instant changed, Duration running, Table table) {
        var calls = since(sandbox, changed);
        var posts = calls.stream().filter(CallLog.Call::isPost).count();
        var resolving = calls.stream().filter(BudgetWorkspace::isResolving).count();
        var needed = resolving + posts + DATASETS;
        table.row("seconds from the change to the last POST", seconds(sandbox, changed), periods(needed), "≤ 1.05");
        table.row(
                "the same, where calls that follow the datasets' runs wait for their end",
                seconds(sandbox, changed),
                periods(needed) + waiting(needed, resolving + DATASETS, running),
                "");
        table.row("calls per run", (double) calls.size() / posts, "≤ 1.4");
        table.row("runs of datasets and reports", (double) posts, "");
        table.row("most calls in any 10 s", busiest(sandbox), "≤ 40");
        table.row("answers of 429", refused(sandbox), "0");
    }

    /**
     * Seconds. When all calls up to the datasets' POSTs have left, the rest of that period's wait for the runs to end; so do
     * those in the same places of each later period.
     */
    private static double waiting(long calls, long upToTheDatasetsPosts, Duration running) {
        return (calls - 1) % BURST >= upToTheDatasetsPosts % BURST ? running.toMillis() / 1000.0 : 0;
    }

    static double callsPerReport(Sandbox sandbox) {
        return (double) sandbox.calls().all().size() / REPORTS;
    }

    /** Whether the whole limit is there again. */
    static boolean isIdle(Sandbox sandbox) {
        var calls = sandbox.calls().all();
        return calls.get(calls.size() - 1).at().plus(PERIOD).isBefore(Instant.now());
    }

    static double busiest(Sandbox sandbox) {
        return sandbox.calls().mostInAnyWindow(PERIOD);
    }

    static double refused(Sandbox sandbox) {
        return sandbox.calls().count(call -> call.status() == 429);
    }

    private static List<CallLog.Call> since(Sandbox sandbox, Instant changed) {
        return sandbox.calls().all().stream()
                .filter(call -> call.at().isAfter(changed))
                .toList();
    }

    private static boolean isResolving(CallLog.Call call) {
        return !call.path().endsWith("/runs")
                && (call.path().startsWith("/data_sources/") || call.path().startsWith("/datasets/"));
    }

    private static double mostOpen(SandboxWorkspace workspace) {
        var runs = IntStream.range(0, REPORTS)
                .boxed()
                .flatMap(n -> workspace.runs(report(n)).stream())
                .toList();
        return runs.stream()
                .mapToLong(one -> runs.stream()
                        .filter(other -> !other.createdAt().isAfter(one.createdAt())
                                && other.completedAt().orElseThrow().isAfter(one.createdAt()))
                        .count())
                .max()
                .orElse(0);
    }
}
