package io.freshet.bench;

import io.freshet.sandbox.CallLog;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.IntStream;

/** 20 datasets on one source and 200 reports, under Mode's own limit of 40 requests in 10 s. */
final class BudgetWorkspace {

    static final int REPORTS = 200;
    static final String CHANGE = "{\"data_source\": \"50acce0f0001\"}";

    private static final int DATASETS = 20;
    private static final int BURST = 40;
    private static final double PERIOD_SECONDS = 10;
    private static final String SOURCE = "50acce0f0001";

    private BudgetWorkspace() {}

    static String oneSpace(int report) {
        return "59ace0000001";
    }

    static String ownSpace(int report) {
        return "59ace1%06d".formatted(report);
    }

    /** @param space the Collection of a report */
    static void fill(Scene scene, Function<Integer, String> space) {
        var workspace = scene.sandbox().workspace();
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

    private static String dataset(int number) {
        return "da7a5e%06d".formatted(number);
    }

    private static String report(int number) {
        return "4e9047%06d".formatted(number);
    }

    /** Writes how close to the limit it was, and with how few calls. */
    static void report(Scene scene, Instant since, Table table, String timeGoal, String goal) {
        var calls = scene.sandbox().calls().all().stream()
                .filter(call -> call.at().isAfter(since))
                .toList();
        var posts = calls.stream().filter(CallLog.Call::isPost).toList();
        var first = calls.get(0).at();
        var last = posts.get(posts.size() - 1).at();
        var resolving = calls.stream().filter(BudgetWorkspace::isResolving).count();
        // So many calls need so many windows, and the last window's first call may leave when it begins.
        var bound = (Math.ceil((double) (resolving + REPORTS) / BURST) - 1) * PERIOD_SECONDS;
        table.row(
                "seconds from the first call to the last POST",
                Duration.between(first, last).toMillis() / 1000.0,
                bound,
                timeGoal);
        table.row("calls per refreshed report", (double) calls.size() / REPORTS, goal);
        table.row("of these, POSTs", (double) posts.size() / REPORTS, "");
        table.row("of these, to find out which reports", (double) resolving / REPORTS, "");
        table.row("of these, to follow runs", (double) (calls.size() - posts.size() - resolving) / REPORTS, "");
        table.row("runs that were open at once, at most", mostOpen(scene), "");
        table.row(
                "answers of 429",
                (double) calls.stream().filter(call -> call.status() == 429).count(),
                "0");
    }

    private static boolean isResolving(CallLog.Call call) {
        return call.path().startsWith("/data_sources/") || call.path().startsWith("/datasets/");
    }

    private static double mostOpen(Scene scene) {
        var runs = IntStream.range(0, REPORTS)
                .boxed()
                .flatMap(n -> scene.sandbox().workspace().runs(report(n)).stream())
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
