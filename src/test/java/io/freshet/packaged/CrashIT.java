package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.Faults;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.OneDataset;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * A process that dies or is stopped loses nothing and does nothing twice. {@link CrashMatrixIT} knows more ways to die,
 * and needs a JVM for them; these are for whatever else is shipped.
 */
@EnabledIf(value = "isWithoutDebugger", disabledReason = "CrashMatrixIT kills the jar at each of these points and more")
class CrashIT {

    private static final int REPORTS = 12;
    /** A restart waits for one period, in which the calls before it still count. */
    private static final SandboxSettings SETTINGS = SandboxSettings.defaults().withRateLimit(40, Duration.ofSeconds(3));

    static boolean isWithoutDebugger() {
        return Stream.of("freshet.executable", "freshet.image")
                .anyMatch(property -> !System.getProperty(property, "").isEmpty());
    }

    @Test
    void shouldLoseNothingAndDoNothingTwiceHoweverItEnds() {
        try (var scene = Scene.open(SETTINGS).tellLineage()) {
            OneDataset.fill(scene, REPORTS);
            scene.sandbox().runClock().hold();

            killWithoutAnswers(scene);
            killWithOpenRuns(scene);
            stopWithOpenRuns(scene);
            scene.sandbox().runClock().release();
            scene.start(Prompt.SETTINGS);

            scene.eventually(() -> assertThat(scene.events("run-finished")).hasSize(2 * REPORTS));
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            assertThat(scene.sandbox().calls().posts()).hasSize(2 * REPORTS);
            assertThat(scene.topics().read("upstream-data-changed-dlq")).isEmpty();
        }
    }

    /** Mode takes the runs, and its answers never arrive. */
    private static void killWithoutAnswers(Scene scene) {
        scene.sandbox().faults().next(REPORTS, Faults.Kind.HANG_AFTER, call -> call.method()
                .equals("POST"));
        var process = scene.start(Prompt.SETTINGS);
        OneDataset.change(scene);
        scene.eventually(() -> assertThat(scene.sandbox().calls().posts()).hasSize(REPORTS));
        process.kill();
    }

    /** Those that it has found again. */
    private static void killWithOpenRuns(Scene scene) {
        var process = scene.start(Prompt.SETTINGS);
        scene.eventually(() -> assertThat(scene.events("run-accepted")).hasSize(REPORTS));
        process.kill();
        assertThat(scene.events("run-accepted"))
                .allSatisfy(event ->
                        assertThat(event.data().path("adopted").asBoolean()).isTrue());
        assertThat(scene.sandbox().calls().count(CallLog.Call::isPost)).isEqualTo(REPORTS);
    }

    /** And with a change that has just come. */
    private static void stopWithOpenRuns(Scene scene) {
        var process = scene.start(Prompt.SETTINGS);
        scene.eventually(() -> assertThat(process.log()).contains("restored partitions="));
        OneDataset.change(scene);

        assertThat(process.stop()).isEqualTo(143);
    }
}
