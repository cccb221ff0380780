package io.freshet.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.Faults;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clock that stamps Mode's runs, the one that its front end shows, and ours are a minute or two apart. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class ModesClocksTest {

    private static final List<Faults.Kind> LOST = List.of(
            Faults.Kind.RESET_AFTER,
            Faults.Kind.HANG_AFTER,
            Faults.Kind.HALF_AFTER,
            Faults.Kind.DRIP_AFTER,
            Faults.Kind.STATUS_AFTER);

    Scene scene;

    @AfterEach
    void mend() {
        scene.sandbox().faults().clear();
        scene.sandbox().clocksAhead(Duration.ZERO, Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({"-60, 60", "60, -60", "-60, -60", "60, 60"})
    void shouldKnowItsRunsWhoseAnswersAreLost(int stampsAhead, int datesAhead) {
        scene.sandbox().clocksAhead(Duration.ofSeconds(stampsAhead), Duration.ofSeconds(datesAhead));
        var first = Workspace.with(scene, 1);
        var well = first.report(0);
        scene.change(first.changed());
        scene.eventually(() -> assertThat(scene.events("run-finished", well)).hasSize(1));

        LOST.stream().map(this::lose).toList().forEach(this::assertAdopted);
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }

    /** All of them at a time, as each is waited for. */
    private String lose(Faults.Kind lost) {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox()
                .faults()
                .next(
                        1,
                        lost,
                        request -> request.method().equals("POST")
                                && request.path().contains(report));

        scene.change(workspace.changed());
        return report;
    }

    private void assertAdopted(String report) {
        scene.eventually(() -> assertThat(scene.events("run-finished", report)).hasSize(1));
        assertThat(scene.sandbox().calls().posts(report)).hasSize(1);
        assertThat(scene.events("run-accepted", report)
                        .get(0)
                        .data()
                        .path("adopted")
                        .asBoolean())
                .isTrue();
    }
}
