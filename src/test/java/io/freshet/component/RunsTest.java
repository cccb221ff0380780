package io.freshet.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Event;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** From a refresh to the end of its run. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class RunsTest {

    Scene scene;

    private void eventuallyFinished(String report, int runs) {
        scene.eventually(() -> assertThat(scene.events("run-finished", report)).hasSize(runs));
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }

    @Test
    void shouldTellHowEachRunEnded() {
        var workspace = Workspace.with(scene, 1);
        var outcomeByState = Map.of(
                "succeeded", "succeeded", "completed", "succeeded", "failed", "failed", "cancelled", "cancelled");
        var reportByState = new TreeMap<String, String>();
        outcomeByState.keySet().forEach(state -> reportByState.put(state, workspace.report(0)));
        reportByState.forEach((state, report) -> scene.sandbox().runClock().endsAs(report, state));

        scene.change(workspace.changed());

        assertThat(reportByState).allSatisfy((state, report) -> {
            eventuallyFinished(report, 1);
            var finished = scene.events("run-finished", report).get(0);
            var outcome = finished.text("outcome");
            assertThat(outcome).isEqualTo(outcomeByState.get(state));
            assertThat(finished.text("mode_state"))
                    .as("a report tells that its run succeeded, not in which state")
                    .isIn(state, outcome);
            assertThat(finished.data().has("freshness_seconds")).isEqualTo(outcome.equals("succeeded"));
        });
    }

    @Test
    void shouldSayWhyARunFailedAndWhereToLook() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().runClock().endsAs(report, "failed");

        scene.change(workspace.changed());

        eventuallyFinished(report, 1);
        var finished = scene.events("run-finished", report).get(0);
        assertThat(finished.text("error_code")).isEqualTo("ResourceFailure");
        assertThat(finished.text("error_message")).contains("did not answer in time");
        assertThat(finished.text("name")).isEqualTo("Report " + report);
        assertThat(finished.text("web_url")).endsWith("/acme/reports/" + report + "/runs/" + finished.run());
        assertThat(scene.events("run-accepted", report).get(0).text("name")).isEqualTo("Report " + report);
        assertThat(scene.sandbox().calls().count(call -> isAboutQueries(call.path(), report)))
                .isEqualTo(1);
        assertThat(scene.events("change-planned"))
                .anySatisfy(planned -> assertThat(planned.data().path("reports"))
                        .anySatisfy(one -> assertThat(one.path("name").asText()).isEqualTo("Report " + report)));
    }

    @Test
    void shouldTellThatARunFailedIfModeDoesNotSayWhy() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().runClock().endsAs(report, "failed");
        var silent = scene.sandbox().faults().alwaysStatus(503, request -> isAboutQueries(request.path(), report));

        scene.change(workspace.changed());

        eventuallyFinished(report, 1);
        silent.lift();
        var finished = scene.events("run-finished", report).get(0);
        assertThat(finished.text("outcome")).isEqualTo("failed");
        assertThat(finished.data().has("error_code")).isFalse();
        assertThat(finished.data().has("error_message")).isFalse();
        assertThat(silent.struck()).as("it is asked once").isEqualTo(1);
    }

    private static boolean isAboutQueries(String path, String report) {
        return path.contains(report) && path.endsWith("/query_runs");
    }

    @Test
    void shouldTakeAStateThatNobodyHasHeardOfForOpen() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().runClock().endsAs(report, "reticulating");
        scene.change(workspace.changed());
        scene.eventually(() -> assertThat(scene.sandbox()
                        .calls()
                        .count(call -> call.report().filter(report::equals).isPresent()
                                && call.method().equals("GET")))
                .isGreaterThan(3));

        scene.sandbox().runClock().endsAs(report, "succeeded");

        eventuallyFinished(report, 1);
    }

    @Test
    void shouldMakeOneFollowUpOfAllThatComesWhileARunIsOpen() {
        var workspace = Workspace.with(scene, 2);
        var report = workspace.report(0, 1);
        scene.sandbox().runClock().neverEnds(report);
        scene.change(workspace.changed());
        scene.eventually(() -> assertThat(scene.events("run-accepted", report)).hasSize(1));

        scene.change("{\"datasets\": [\"%s\"]}".formatted(workspace.dataset(0)));
        scene.change("{\"datasets\": [\"%s\"]}".formatted(workspace.dataset(1)));
        scene.change(workspace.changed());
        scene.eventually(() -> assertThat(scene.states().stream()
                        .filter(state -> state.key().equals("acme/" + report))
                        .map(state -> state.data().path("next").path("batches").size()))
                .containsExactly(3));
        scene.sandbox().runClock().endsAs(report, "succeeded");

        eventuallyFinished(report, 2);
        assertThat(scene.sandbox().calls().posts(report)).hasSize(2);
        assertThat(scene.events("run-accepted", report).get(1).changes()).hasSize(3);
        assertThat(scene.events("run-accepted", report).get(1).datasets()).hasSize(2);
    }

    @Test
    void shouldTellARunThatVanishesAsFailed() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().runClock().neverEnds(report);
        scene.change(workspace.changed());
        scene.eventually(() -> assertThat(scene.events("run-accepted", report)).hasSize(1));

        scene.sandbox()
                .workspace()
                .removeRun(scene.events("run-accepted", report).get(0).run());

        scene.eventually(() -> assertThat(scene.events("run-finished", report)).hasSize(1));
        var finished = scene.events("run-finished", report).get(0);
        assertThat(finished.text("outcome")).isEqualTo("failed");
        assertThat(finished.text("mode_state")).isEqualTo("not_found");
    }

    @Test
    void shouldReadACollectionInsteadOfAskingForEachOfItsRuns() {
        var workspace = Workspace.with(scene, 1);
        var reports = IntStream.range(0, 120)
                .mapToObj(n -> workspace.reportIn(workspace.space(), 0))
                .toList();
        var failing = reports.get(7);
        scene.sandbox().runClock().endsAs(failing, "failed");
        scene.sandbox().runClock().hold();
        scene.change(workspace.changed());
        scene.eventually(() -> assertThat(reports)
                .allSatisfy(report ->
                        assertThat(scene.sandbox().calls().posts(report)).hasSize(1)));
        var before = scene.sandbox().calls().all().size();

        scene.sandbox().runClock().release();

        scene.eventually(() -> assertThat(
                        scene.events("run-finished").stream().filter(event -> reports.contains(event.report())))
                .hasSize(reports.size()));
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
        assertThat(scene.events("run-finished", failing).get(0).text("outcome")).isEqualTo("failed");
        var asked = scene.sandbox().calls().all();
        assertThat(asked.subList(before, asked.size())).hasSizeLessThan(reports.size() / 2);
        assertThat(asked).anyMatch(call -> call.path().startsWith("/spaces/" + workspace.space() + "/reports"));
    }

    @Test
    void shouldRejectOnlyTheReportThatModeRefuses() {
        var workspace = Workspace.with(scene, 1);
        var good = workspace.report(0);
        var forbidden = workspace.report(0);
        scene.sandbox().workspace().forbidReport(forbidden);

        scene.change(workspace.changed());

        eventuallyFinished(good, 1);
        scene.eventually(
                () -> assertThat(scene.events("run-rejected", forbidden)).hasSize(1));
        var rejected = scene.events("run-rejected", forbidden).get(0);
        assertThat(rejected.text("reason")).isEqualTo("forbidden");
        assertThat(rejected.data().path("status").asInt()).isEqualTo(403);
        assertThat(rejected.text("message")).isNotBlank();
    }

    @Test
    void shouldTakeARefreshThatAPersonWrote() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        var refresh =
                "{\"report_token\": \"%s\", \"dataset_tokens\": [\"%s\"]}".formatted(report, workspace.dataset(0));

        // Under a key that leads to another partition than the report's own.
        scene.send("refresh-requested", "by hand", refresh, Map.of());

        eventuallyFinished(report, 1);
        assertThat(scene.events("run-accepted", report).get(0).key()).isEqualTo("acme/" + report);
    }

    @Test
    void shouldMakeOneRunOfARefreshThatIsWrittenTwice() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        var refresh = "{\"report_token\": \"%s\"}".formatted(report);
        var envelope = Map.of(
                "ce_specversion", "1.0",
                "ce_type", "io.freshet.refresh-requested.v1",
                "ce_source", "/somebody",
                "ce_id", "load-1",
                "content-type", "application/json");

        scene.send("refresh-requested", "acme/" + report, refresh, envelope);
        scene.send("refresh-requested", "acme/" + report, refresh, envelope);
        eventuallyFinished(report, 1);
        scene.send("refresh-requested", "acme/" + report, refresh, envelope);
        var another = Workspace.with(scene, 1);
        scene.change(another.changed());

        eventuallyFinished(another.report(0), 1);
        assertThat(scene.sandbox().calls().posts(report)).hasSize(1);
    }

    @Test
    void shouldPutAnUnusableRefreshOnTheDeadLetterTopic() {
        scene.send("refresh-requested", "useless", "{\"report\": \"4e9000000000\"}", Map.of());

        scene.eventually(() -> assertThat(scene.topics().read("upstream-data-changed-dlq"))
                .anySatisfy(letter -> {
                    assertThat(letter.key()).asString().isEqualTo("useless");
                    assertThat(Event.header(letter, "dead-letter-code")).isEqualTo("not_a_refresh");
                    assertThat(Event.header(letter, "dead-letter-topic"))
                            .isEqualTo(scene.topics().name("refresh-requested"));
                }));
    }

    @Test
    void shouldRejectAReportThatModeKnowsNot() {
        var refresh = "{\"report_token\": \"4e90ffffffff\", \"dataset_tokens\": [\"da7a00000000\"]}";

        scene.send("refresh-requested", "acme/4e90ffffffff", refresh, Map.of());

        scene.eventually(() -> assertThat(scene.events("run-rejected", "4e90ffffffff"))
                .singleElement()
                .satisfies(event -> assertThat(event.text("reason")).isEqualTo("report_not_found")));
    }
}
