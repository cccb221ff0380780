package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.sandbox.SandboxSettings.RateCounting;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One change, 20 datasets, 200 reports, Mode's own limit: how close to it, and with how few calls. */
@Tag("budget")
class BudgetBench {

    private static final int DATASETS = 20;
    private static final int REPORTS = 200;
    private static final int BURST = 40;
    private static final double PERIOD_SECONDS = 10;
    private static final String SOURCE = "50acce0f0001";
    private static final String SPACE = "59ace0000001";

    private static void fill(Scene scene) {
        var workspace = scene.sandbox().workspace();
        workspace.addDataSource(SOURCE, "Warehouse");
        workspace.addSpace(SPACE, "Sales");
        for (var n = 0; n < DATASETS; n++) {
            workspace.addDataset(dataset(n), "Dataset " + n, SOURCE, SPACE);
        }
        for (var n = 0; n < REPORTS; n++) {
            workspace.addReport(
                    "4e9047%06d".formatted(n),
                    "Report " + n,
                    SPACE,
                    dataset(n % DATASETS),
                    dataset((n + 7) % DATASETS));
        }
    }

    private static String dataset(int number) {
        return "da7a5e%06d".formatted(number);
    }

    @ParameterizedTest
    @EnumSource(names = {"WINDOW", "BUCKET"})
    void budget(RateCounting counting) {
        try (var scene = Scene.open(SandboxSettings.defaults().withCounting(counting))) {
            fill(scene);
            scene.start(Map.of("freshet.coalesce.quiet", "0s"));

            scene.change("{\"data_source\": \"%s\"}".formatted(SOURCE));

            scene.eventually(Duration.ofMinutes(5), () -> assertThat(scene.events("run-finished"))
                    .hasSize(REPORTS));
            assertThat(scene.brokenPromises()).isEmpty();
            report(scene, counting);
        }
    }

    private static void report(Scene scene, RateCounting counting) {
        var calls = scene.sandbox().calls().all();
        var posts = scene.sandbox().calls().posts();
        var first = calls.get(0).at();
        var last = posts.get(posts.size() - 1).at();
        var resolving = calls.stream().filter(BudgetBench::isResolving).count();
        // So many calls need so many windows, and the last window's first call may leave when it begins.
        var bound = (Math.ceil((double) (resolving + REPORTS) / BURST) - 1) * PERIOD_SECONDS;
        var table = new Table(
                "Budget, counted as a " + counting.name().toLowerCase(Locale.ROOT),
                "One change of a source with 20 datasets and 200 reports, 40 requests in 10 s. The reference is the lower"
                        + " bound: the calls that are needed up to the last POST, 40 at the beginning of each 10 s.");
        table.row(
                "seconds from the first call to the last POST",
                Duration.between(first, last).toMillis() / 1000.0,
                bound,
                "≤ 1.05");
        table.row("calls per refreshed report", (double) calls.size() / REPORTS, "≤ 2.2");
        table.row("answers of 429", (double) scene.sandbox().calls().count(call -> call.status() == 429), "0");
        table.publish();
    }

    private static boolean isResolving(CallLog.Call call) {
        return call.path().startsWith("/data_sources/") || call.path().startsWith("/datasets/");
    }
}
