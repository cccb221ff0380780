package io.freshet.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.Faults;
import io.freshet.sandbox.OddEnd;
import io.freshet.testing.Event;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs whose end Mode doesn't show, or shows in a way of its own: each comes to an end, and what waits for it goes on. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class OddEndsTest {

    Scene scene;

    @AfterEach
    void mend() {
        scene.sandbox().faults().clear();
    }

    /** How Mode tells of an end, of a report of its own: all of them are waited for at a time. */
    private record Odd(OddEnd end, String outcome, Workspace workspace, String report) {}

    private Odd ends(String state, boolean hasTime, String pythonState, String outcome) {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        var end = new OddEnd(state, hasTime, pythonState);
        scene.sandbox().runClock().endsAs(report, outcome);
        scene.sandbox().workspace().endsOddly(report, end);
        return new Odd(end, outcome, workspace, report);
    }

    @Test
    void shouldEndRunsThatEndInOddWays() {
        var all = List.of(
                ends("completed", false, "none", "succeeded"),
                ends("completed", true, "pending", "succeeded"),
                ends("skipped", true, "none", "failed"),
                ends("cancelled", false, "none", "cancelled"),
                ends("canceled", false, "none", "cancelled"),
                ends("failed", false, "none", "failed"));
        all.forEach(odd -> scene.change(odd.workspace().changed()));
        all.forEach(odd -> eventually("run-accepted", odd.report(), 1));

        all.forEach(odd -> scene.change(odd.workspace().changed()));

        all.forEach(odd -> {
            eventually("run-finished", odd.report(), 2);
            var finished = scene.events("run-finished", odd.report()).get(0);
            assertThat(finished.text("outcome")).as(odd.toString()).isEqualTo(odd.outcome());
            assertThat(finished.text("mode_state"))
                    .as(odd.toString())
                    .isEqualTo(odd.end().state());
        });
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }

    /** Reports that were moved to a private Collection while their runs were open. */
    @Test
    void shouldEndRunsThatModeRefusesToShow() {
        var stateByReport = Map.of(refusedWith(403), "forbidden", refusedWith(400), "bad_request");

        stateByReport.forEach((report, state) -> {
            var finished = finished(report);
            assertThat(finished.text("outcome")).isEqualTo("failed");
            assertThat(finished.text("mode_state")).isEqualTo(state);
        });
    }

    private String refusedWith(int status) {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().runClock().endsAs(report, "failed"); // which nobody but Mode can know
        scene.sandbox().faults().alwaysStatus(status, looksAt(report));
        scene.change(workspace.changed());
        return report;
    }

    @Test
    void shouldEndRunsThatModeHasTroubleWithThoughItAnswersOthers() {
        var reports = Stream.of(Faults.Kind.HTML, Faults.Kind.RESET_BEFORE)
                .map(this::troubled)
                .toList();
        var well = Workspace.with(scene, 1);

        reports.forEach(report -> eventually("run-accepted", report, 1));
        reports.forEach(report -> scene.eventually(() -> {
            scene.change(well.changed()); // which Mode answers
            assertThat(scene.events("run-finished", report)).hasSize(1);
        }));

        assertThat(reports).allSatisfy(report -> assertThat(
                        scene.events("run-finished", report).get(0).text("outcome"))
                .isEqualTo("timed_out"));
    }

    private String troubled(Faults.Kind kind) {
        var workspace = Workspace.with(scene, 2);
        var report = workspace.report(0);
        scene.sandbox().faults().always(kind, looksAt(report));
        scene.change(workspace.changed());
        return report;
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

    private void eventually(String topic, String report, int events) {
        scene.eventually(() -> assertThat(scene.events(topic, report)).hasSize(events));
    }

    private Event finished(String report) {
        eventually("run-finished", report, 1);
        return scene.events("run-finished", report).get(0);
    }
}
