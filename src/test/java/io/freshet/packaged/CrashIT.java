package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.Faults;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A process that dies loses nothing and does nothing twice. */
class CrashIT {

    private static final String SOURCE = "50acce0f0001";
    private static final int REPORTS = 12;
    /** What a test needn't wait for. */
    private static final Map<String, String> QUICK = Map.of(
            "freshet.coalesce.quiet", "200ms",
            "freshet.tracking.poll-min", "200ms",
            "freshet.ledger.transaction-timeout", "2s");
    /** A restart waits for one period, in which the calls before it still count. */
    private static final SandboxSettings SETTINGS = SandboxSettings.defaults().withRateLimit(40, Duration.ofSeconds(3));

    private static void fill(Scene scene) {
        var workspace = scene.sandbox().workspace();
        workspace.addDataSource(SOURCE, "Warehouse");
        workspace.addSpace("59ace0000001", "Sales");
        workspace.addDataset("da7a5e700001", "Orders", SOURCE, "59ace0000001");
        for (var n = 0; n < REPORTS; n++) {
            workspace.addReport("4e9047000%03d".formatted(n), "Report " + n, "59ace0000001", "da7a5e700001");
        }
    }

    private static void change(Scene scene) {
        scene.change("{\"data_source\": \"%s\"}".formatted(SOURCE));
    }

    private static void assertPromisesKept(Scene scene) {
        assertThat(scene.brokenPromises()).isEmpty();
    }

    @Test
    void shouldFollowOpenRunsToTheirEndAfterAKill() {
        try (var scene = Scene.open(SETTINGS)) {
            fill(scene);
            scene.sandbox().runClock().hold();
            var first = scene.start(QUICK);
            change(scene);
            scene.eventually(() -> assertThat(scene.events("run-accepted")).hasSize(REPORTS));

            first.kill();
            scene.sandbox().runClock().release();
            scene.start(QUICK);

            scene.eventually(() -> assertThat(scene.events("run-finished")).hasSize(REPORTS));
            assertThat(scene.sandbox().calls().posts()).hasSize(REPORTS);
            assertPromisesKept(scene);
        }
    }

    @Test
    void shouldAdoptARunWhoseAnswerWasLostWithTheProcess() {
        try (var scene = Scene.open(SETTINGS)) {
            fill(scene);
            // Mode takes the runs, and its answers never arrive.
            scene.sandbox().faults().next(REPORTS, Faults.Kind.HANG_AFTER, call -> call.method()
                    .equals("POST"));
            var first = scene.start(QUICK);
            change(scene);
            scene.eventually(() -> assertThat(scene.sandbox().calls().posts()).hasSize(REPORTS));

            first.kill();
            scene.start(QUICK);

            scene.eventually(() -> assertThat(scene.events("run-finished")).hasSize(REPORTS));
            assertThat(scene.sandbox().calls().posts()).hasSize(REPORTS);
            assertThat(scene.events("run-accepted"))
                    .allSatisfy(event ->
                            assertThat(event.data().path("adopted").asBoolean()).isTrue());
            assertPromisesKept(scene);
        }
    }

    @Test
    void shouldLeaveNothingBehindOnSigterm() {
        try (var scene = Scene.open(SETTINGS)) {
            fill(scene);
            scene.sandbox().runClock().hold();
            var first = scene.start(QUICK);
            change(scene);
            scene.eventually(() -> assertThat(scene.events("run-accepted")).hasSize(REPORTS));
            change(scene);

            var code = first.stop();
            scene.sandbox().runClock().release();
            scene.start(QUICK);

            assertThat(code).isEqualTo(143);
            scene.eventually(() -> assertThat(scene.events("run-finished")).hasSize(2 * REPORTS));
            assertThat(scene.topics().read("upstream-data-changed-dlq")).isEmpty();
            assertPromisesKept(scene);
        }
    }
}
