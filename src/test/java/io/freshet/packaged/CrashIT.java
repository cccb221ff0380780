package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.Faults;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.OneDataset;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A process that dies loses nothing and does nothing twice. */
class CrashIT {

    private static final int REPORTS = 12;
    /** A restart waits for one period, in which the calls before it still count. */
    private static final SandboxSettings SETTINGS = SandboxSettings.defaults().withRateLimit(40, Duration.ofSeconds(3));

    /** A process that has posted all runs, of which none ends before the clock is released. */
    private static PackagedApplication startWithOpenRuns(Scene scene) {
        OneDataset.fill(scene, REPORTS);
        scene.sandbox().runClock().hold();
        var application = scene.start(Prompt.SETTINGS);
        OneDataset.change(scene);
        scene.eventually(() -> assertThat(scene.events("run-accepted")).hasSize(REPORTS));
        return application;
    }

    private static void assertPromisesKept(Scene scene) {
        assertThat(scene.brokenPromises()).isEmpty();
    }

    @Test
    void shouldFollowOpenRunsToTheirEndAfterAKill() {
        try (var scene = Scene.open(SETTINGS)) {
            var first = startWithOpenRuns(scene);

            first.kill();
            scene.sandbox().runClock().release();
            scene.start(Prompt.SETTINGS);

            scene.eventually(() -> assertThat(scene.events("run-finished")).hasSize(REPORTS));
            assertThat(scene.sandbox().calls().posts()).hasSize(REPORTS);
            assertPromisesKept(scene);
        }
    }

    @Test
    void shouldAdoptARunWhoseAnswerWasLostWithTheProcess() {
        try (var scene = Scene.open(SETTINGS)) {
            OneDataset.fill(scene, REPORTS);
            // Mode takes the runs, and its answers never arrive.
            scene.sandbox().faults().next(REPORTS, Faults.Kind.HANG_AFTER, call -> call.method()
                    .equals("POST"));
            var first = scene.start(Prompt.SETTINGS);
            OneDataset.change(scene);
            scene.eventually(() -> assertThat(scene.sandbox().calls().posts()).hasSize(REPORTS));

            first.kill();
            scene.start(Prompt.SETTINGS);

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
            var first = startWithOpenRuns(scene);
            OneDataset.change(scene);

            var code = first.stop();
            scene.sandbox().runClock().release();
            scene.start(Prompt.SETTINGS);

            assertThat(code).isEqualTo(143);
            scene.eventually(() -> assertThat(scene.events("run-finished")).hasSize(2 * REPORTS));
            assertThat(scene.topics().read("upstream-data-changed-dlq")).isEmpty();
            assertPromisesKept(scene);
        }
    }
}
