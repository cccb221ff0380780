package io.freshet.component;

import static io.freshet.component.Admin.admin;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.LastRunsTold;
import io.freshet.sandbox.ReportRuns;
import io.freshet.sandbox.Sandbox;
import io.freshet.testing.Event;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see after a change, whatever a run of a report does with its datasets. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class BothReadingsTest {

    private static final Duration LONG_AGO = Duration.ofHours(1);

    Scene scene;

    @AfterEach
    void loadAgain() {
        scene.workspace().datasetRuns().reportRuns(ReportRuns.LOAD);
        scene.workspace().datasetRuns().lastRunsTold(LastRunsTold.IN_ROWS);
    }

    /** What became of a change, when it has come to its end. */
    private Event settled(Workspace workspace) {
        var id = UUID.randomUUID().toString();
        scene.change(
                "etl",
                workspace.changed(),
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_type", "io.freshet.data-changed.v1",
                        "ce_source", "/etl",
                        "ce_id", id,
                        "content-type", "application/json"));
        scene.eventually(() -> assertThat(about(id)).hasSize(1));
        return about(id).get(0);
    }

    private List<Event> about(String id) {
        return scene.events("change-settled").stream()
                .filter(event -> event.data().at("/change/id").asText().equals(id))
                .toList();
    }

    private List<Event> learnt(Workspace workspace) {
        return scene.events("workspace-changed").stream()
                .filter(event -> event.text("what").equals("learnt"))
                .filter(event -> event.text("subject").contains(workspace.source()))
                .toList();
    }

    private void hadBeenRun(Workspace workspace, int... datasets) {
        for (var n : datasets) {
            scene.workspace().datasetRuns().ranBefore(workspace.dataset(n), LONG_AGO);
        }
    }

    private int posts(Workspace workspace, int dataset) {
        return scene.sandbox()
                .calls()
                .postsOfDataset(workspace.dataset(dataset))
                .size();
    }

    /** The report was posted once, naming these datasets, when our run of each had ended well; and shows no older data. */
    private void assertPostedAfter(Workspace workspace, String report, int... datasets) {
        var posts = scene.sandbox().calls().posts(report);
        assertThat(posts).hasSize(1);
        assertThat(posts.get(0).datasetTokens()).hasSize(datasets.length);
        var shown = scene.workspace()
                .datasetRuns()
                .shownBy(scene.runs(report).get(0).token());
        for (var n : datasets) {
            var dataset = workspace.dataset(n);
            var ours = scene.runs(dataset).stream()
                    .filter(run -> run.executedBy().equals(Sandbox.API_USER))
                    .toList();
            assertThat(posts.get(0).datasetTokens()).contains(dataset);
            assertThat(ours).singleElement().satisfies(run -> {
                assertThat(run.state()).isEqualTo("succeeded");
                assertThat(run.completedAt()).hasValueSatisfying(end -> assertThat(end)
                        .isBeforeOrEqualTo(posts.get(0).at()));
                assertThat(shown).hasEntrySatisfying(dataset, rows -> assertThat(rows.createdAt())
                        .isAfterOrEqualTo(run.createdAt()));
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowDataOfAfterTheChangeWhereDatasetsRunFirst(ReportRuns reading) {
        scene.workspace().datasetRuns().reportRuns(reading);
        var workspace = Workspace.withDatasetsFirst(scene, 2);
        hadBeenRun(workspace, 0, 1);
        var both = workspace.report(0, 1);
        var one = workspace.report(1);

        var settled = settled(workspace);

        assertThat(settled.text("outcome")).isEqualTo("succeeded");
        assertThat(settled.text("data")).isEqualTo("fresh");
        assertPostedAfter(workspace, both, 0, 1);
        assertPostedAfter(workspace, one, 1);
        assertThat(posts(workspace, 0)).isOne();
        assertThat(posts(workspace, 1)).isOne();
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }

    @Test
    void shouldTellStaleDataEachTimeWhereDatasetsNeverRunFirst() {
        var workspace = Workspace.withReportsOnly(scene, 1);
        hadBeenRun(workspace, 0);
        var report = workspace.report(0);

        assertThat(settled(workspace).text("data")).isEqualTo("stale");
        assertThat(settled(workspace).text("data")).isEqualTo("stale");

        assertThat(scene.sandbox().calls().posts(report)).hasSize(2);
        assertThat(posts(workspace, 0)).isZero();
        assertThat(learnt(workspace)).isEmpty();
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }

    /** The list of its runs says what the row doesn't. */
    @Test
    void shouldFindTheLastRunInTheListOfRunsWhereRowsAreSilent() {
        scene.workspace().datasetRuns().lastRunsTold(LastRunsTold.IN_RUNS);
        var workspace = Workspace.withReportsOnly(scene, 1);
        hadBeenRun(workspace, 0);
        workspace.report(0);

        assertThat(settled(workspace).text("data")).isEqualTo("stale");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void shouldLetReportsGoWhereModeRefusesToRunTheirDatasetAndAskOnceOnly(int status) {
        var workspace = Workspace.withDatasetsFirst(scene, 1);
        hadBeenRun(workspace, 0);
        var report = workspace.report(0);
        scene.workspace().datasetRuns().refuse(workspace.dataset(0), status);

        var first = settled(workspace);
        var second = settled(workspace);

        assertThat(first.text("data")).isNotEqualTo("fresh");
        assertThat(second.text("outcome")).isEqualTo("succeeded");
        assertThat(scene.sandbox().calls().posts(report)).hasSize(2);
        assertThat(posts(workspace, 0)).as("it is not tried for each change").isOne();
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }

    @Test
    void shouldLearnAgainWhatAnOperatorHasTakenBack() {
        var workspace = Workspace.with(scene, 1);
        hadBeenRun(workspace, 0);
        workspace.report(0);
        assertThat(settled(workspace).text("data")).isEqualTo("stale");
        scene.eventually(() -> assertThat(learnt(workspace)).hasSize(1));

        admin().delete("/api/v1/workspaces/acme/learnt/data_source:" + workspace.source())
                .then()
                .statusCode(200);

        assertThat(settled(workspace).text("data")).isEqualTo("stale");
        scene.eventually(() -> assertThat(learnt(workspace)).hasSize(2));
        assertThat(posts(workspace, 0)).as("what was taken back counts at once").isZero();
        assertThat(settled(workspace).text("data")).isEqualTo("fresh");
        assertThat(posts(workspace, 0)).isOne();
    }
}
