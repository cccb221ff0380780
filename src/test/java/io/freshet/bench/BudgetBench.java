package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.SandboxSettings;
import io.freshet.sandbox.SandboxSettings.RateCounting;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One change, 20 datasets, 200 reports, Mode's own limit: how close to it, and with how few calls. */
@Tag("budget")
class BudgetBench {

    private static final String REFERENCE =
            " 40 requests in 10 s. The reference is the lower bound: the calls that are needed up to the last POST, 40 at the"
                    + " beginning of each 10 s.";

    /** The second page of a listing is what shows that there was but one: see {@code io.freshet.mode.PageWalk}. */
    private static final String LEAST =
            " The least is 442 calls, or 2.21 per report: 200 POSTs, a question for each of 200 runs, and 2 pages of each"
                    + " of 21 listings, those of the source's datasets and of each dataset's reports. Mode counts no"
                    + " pages there, and a short page need not be the last, so that only a page without anything new"
                    + " shows the end. 2.2 would need two pages fewer.";

    @ParameterizedTest
    @EnumSource(names = {"WINDOW", "BUCKET"})
    void budget(RateCounting counting) {
        measure(
                counting,
                BudgetWorkspace::oneSpace,
                Duration.ofMillis(1500),
                new Table(
                        "Budget, counted as a " + counting.name().toLowerCase(Locale.ROOT),
                        "One change of a source with 20 datasets and 200 reports of one Collection, runs of 2 s,"
                                + REFERENCE),
                "≤ 1.3");
    }

    /** The second change: how long a run takes is known from the first one. */
    @Test
    void manyOpenRuns() {
        try (var scene = Scene.open()) {
            BudgetWorkspace.fill(scene.sandbox().workspace(), BudgetWorkspace::oneSpace);
            scene.sandbox().runClock().takes(Duration.ofMillis(500), Duration.ofSeconds(45));
            scene.start(Map.of("freshet.coalesce.quiet", "0s")).awaitLine("restored partitions=");
            finish(scene, BudgetWorkspace.REPORTS);
            var since = Instant.now();

            finish(scene, 2 * BudgetWorkspace.REPORTS);

            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            var table = new Table(
                    "Budget, with many open runs",
                    "The same with runs of 45 s, when each report has had one run before and the catalogue is out of date;"
                            + " counted as a window," + REFERENCE);
            BudgetWorkspace.report(scene.sandbox(), since, table, "≤ 1.05", "≤ 1.3");
            table.publish();
        }
    }

    @Test
    void oneByOne() {
        measure(
                RateCounting.WINDOW,
                BudgetWorkspace::ownSpace,
                Duration.ofMillis(1500),
                new Table(
                        "Budget, asking one by one",
                        "The same with runs of 2 s and each report in a Collection of its own, so that no listing saves a"
                                + " call; counted as a window," + REFERENCE + LEAST),
                "≤ 2.2");
    }

    /** Ten reports show but the two datasets that fail. */
    @Test
    void datasetsFirst() {
        try (var scene = Scene.open()) {
            var workspace = scene.sandbox().workspace();
            BudgetWorkspace.fill(workspace, BudgetWorkspace::oneSpace);
            BudgetWorkspace.fillWarmUp(workspace);
            scene.sandbox().runClock().endsAs(BudgetWorkspace.dataset(0), "failed");
            scene.sandbox().runClock().endsAs(BudgetWorkspace.dataset(7), "failed");
            scene.sandbox().runClock().takes(Duration.ofMillis(500), Duration.ofMillis(1500));
            scene.start(Map.of("freshet.coalesce.quiet", "0s", "freshet.workspace.datasets-first", "always"))
                    .awaitLine("restored partitions=");
            warmUp(scene);
            var changed = Instant.now();

            finish(scene, BudgetWorkspace.WARM_UPS + 1 + BudgetWorkspace.DATASETS + BudgetWorkspace.REPORTS - 10);

            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            var table = new Table(
                    "Budget, datasets first",
                    "One change of a source with 20 datasets and 200 reports of one Collection, where each dataset is run"
                            + " first and two of them fail; runs of 2 s; counted as a window," + REFERENCE
                            + " A question for each dataset's run is among them. There was a change of 40 other reports"
                            + " before, so that the JVM is warm.");
            BudgetWorkspace.reportDatasetsFirst(scene.sandbox(), changed, Duration.ofSeconds(2), table);
            table.publish();
        }
    }

    private static void measure(
            RateCounting counting, Function<Integer, String> space, Duration running, Table table, String goal) {
        try (var scene = Scene.open(SandboxSettings.defaults().withCounting(counting))) {
            BudgetWorkspace.fill(scene.sandbox().workspace(), space);
            scene.sandbox().runClock().takes(Duration.ofMillis(500), running);
            scene.start(Map.of("freshet.coalesce.quiet", "0s")).awaitLine("restored partitions=");
            var changed = Instant.now();

            finish(scene, BudgetWorkspace.REPORTS);

            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            BudgetWorkspace.report(scene.sandbox(), changed, table, "≤ 1.05", goal);
            table.publish();
        }
    }

    /** Until all that was asked for is done, and Mode has forgotten the calls. */
    private static void warmUp(Scene scene) {
        scene.change("{\"data_source\": \"%s\"}".formatted(BudgetWorkspace.WARM_UP_SOURCE));
        scene.eventually(() -> assertThat(scene.events("change-settled")).hasSize(1));
        scene.eventually(
                () -> assertThat(BudgetWorkspace.isIdle(scene.sandbox())).isTrue());
    }

    /** One more change, until so many runs have ended in all. */
    private static void finish(Scene scene, int runs) {
        scene.change(BudgetWorkspace.CHANGE);
        scene.eventually(Duration.ofMinutes(5), () -> assertThat(scene.events("run-finished"))
                .hasSize(runs));
    }
}
