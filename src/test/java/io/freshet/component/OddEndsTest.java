package io.freshet.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.Faults;
import io.freshet.sandbox.OddEnd;
import io.freshet.testing.Event;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.function.Predicate;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs whose end Mode doesn't show, or shows in a way of its own: each comes to an end, and what waits for it goes on. */
@QuarkusTest
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class OddEndsTest {

    Scene scene;

    @AfterEach
    void mend() {
        scene.sandbox().faults().clear();
    }

    @ParameterizedTest
    @CsvSource({
        "completed, false, none, succeeded",
        "completed, true, pending, succeeded",
        "skipped, true, none, failed",
        "cancelled, false, none, cancelled",
        "canceled, false, none, cancelled",
        "failed, false, none, failed",
    })
    void shouldEndARunThatEndsInAnOddWay(String state, boolean hasTime, String pythonState, String outcome) {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().runClock().endsAs(report, outcome);
        scene.sandbox().workspace().endsOddly(report, new OddEnd(state, hasTime, pythonState));
        scene.change(workspace.changed());
        scene.eventually(() -> assertThat(scene.events("run-accepted", report)).hasSize(1));

        scene.change(workspace.changed());

        scene.eventually(() -> assertThat(scene.events("run-finished", report)).hasSize(2));
        var finished = scene.events("run-finished", report).get(0);
        assertThat(finished.text("outcome")).isEqualTo(outcome);
        assertThat(finished.text("mode_state")).isEqualTo(state);
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }

    /** A report that was moved to a private Collection while its run was open. */
    @ParameterizedTest
    @CsvSource({"403, forbidden", "400, bad_request"})
    void shouldEndARunThatModeRefusesToShow(int status, String state) {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().runClock().endsAs(report, "failed"); // which nobody but Mode can know
        scene.sandbox().faults().alwaysStatus(status, looksAt(report));

        scene.change(workspace.changed());

        var finished = finished(report);
        assertThat(finished.text("outcome")).isEqualTo("failed");
        assertThat(finished.text("mode_state")).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"STATUS", "HTML", "GARBAGE", "RESET_BEFORE"})
    void shouldEndARunThatModeHasTroubleWithThoughItAnswersOthers(Faults.Kind kind) {
        var workspace = Workspace.with(scene, 2);
        var report = workspace.report(0);
        scene.sandbox().faults().always(kind, looksAt(report));

        scene.change(workspace.changed());
        scene.eventually(() -> assertThat(scene.events("run-accepted", report)).hasSize(1));
        scene.eventually(() -> {
            scene.change(Workspace.with(scene, 1).changed()); // which Mode answers well
            assertThat(scene.events("run-finished", report)).hasSize(1);
        });

        assertThat(scene.events("run-finished", report).get(0).text("outcome")).isEqualTo("timed_out");
    }

    @Test
    void shouldKnowTheEndFromTheListingOfRunsWhereTheRunItselfIsNotShown() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().runClock().endsAs(report, "failed");
        scene.sandbox().faults().alwaysStatus(500, request -> request.path().contains(report + "/runs/"));

        scene.change(workspace.changed());

        assertThat(finished(report).text("outcome")).isEqualTo("failed");
        assertThat(finished(report).text("mode_state")).isEqualTo("failed");
    }

    private static Predicate<Faults.Request> looksAt(String report) {
        return request -> request.method().equals("GET") && request.path().contains("/reports/" + report);
    }

    private Event finished(String report) {
        scene.eventually(() -> assertThat(scene.events("run-finished", report)).hasSize(1));
        return scene.events("run-finished", report).get(0);
    }
}
