package io.freshet.component;

import static io.freshet.component.Admin.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.freshet.sandbox.CallLog;
import io.freshet.testing.Event;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Against a Mode whose runs of reports only load what the last run of a dataset has left. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class DatasetsFirstTest {

    Scene scene;

    private void eventuallySettled(Workspace workspace, int changes) {
        scene.eventually(() -> assertThat(settled(workspace)).hasSize(changes));
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }

    private List<Event> settled(Workspace workspace) {
        var batches = planned(workspace).stream()
                .flatMap(plan -> plan.batches().stream())
                .toList();
        return scene.events("change-settled").stream()
                .filter(settled -> batches.containsAll(settled.batches()))
                .toList();
    }

    private List<Event> planned(Workspace workspace) {
        return scene.events("change-planned").stream()
                .filter(plan -> plan.text("data_source").equals(workspace.source()))
                .toList();
    }

    private List<CallLog.Call> postsOfDataset(String dataset) {
        return scene.sandbox().calls().postsOfDataset(dataset);
    }

    @Test
    void shouldRunEachDatasetOnceAndItsReportsAfterIt() {
        var workspace = Workspace.withDatasetsFirst(scene, 2);
        var both = workspace.report(0, 1);
        var one = workspace.report(1);

        scene.change(workspace.changed());

        eventuallySettled(workspace, 1);
        assertThat(postsOfDataset(workspace.dataset(0))).hasSize(1);
        assertThat(postsOfDataset(workspace.dataset(1))).hasSize(1);
        assertThat(scene.sandbox().calls().posts(both)).hasSize(1);
        assertThat(scene.sandbox().calls().posts(one)).hasSize(1);
        assertThat(planned(workspace).get(0).data().path("datasets_first").asBoolean())
                .isTrue();
        assertThat(settled(workspace).get(0).text("outcome")).isEqualTo("succeeded");
        assertThat(settled(workspace).get(0).text("data")).isEqualTo("fresh");
        assertThat(settled(workspace).get(0).data().at("/runs/succeeded").asInt())
                .isEqualTo(4);
        assertThat(scene.events("run-finished", workspace.dataset(0)))
                .extracting(event -> event.text("kind"))
                .containsExactly("dataset");
    }

    @Test
    void shouldTakeOutADatasetWhoseRunFailed() {
        var workspace = Workspace.withDatasetsFirst(scene, 2);
        var both = workspace.report(0, 1);
        var only = workspace.report(0);
        scene.sandbox().runClock().endsAs(workspace.dataset(0), "failed");

        scene.change(workspace.changed());

        eventuallySettled(workspace, 1);
        assertThat(scene.sandbox().calls().posts(both).get(0).datasetTokens()).containsExactly(workspace.dataset(1));
        assertThat(scene.sandbox().calls().posts(only)).isEmpty();
        assertThat(scene.events("run-rejected", only))
                .extracting(event -> event.text("reason"))
                .containsExactly("dataset_failed");
        assertThat(settled(workspace).get(0).text("outcome")).isEqualTo("partly");
        assertThat(settled(workspace).get(0).text("data")).isNotEqualTo("fresh");
    }

    @Test
    void shouldLetReportsGoWhoseDatasetModeRefusesToRunAndSaySoOnce() {
        var workspace = Workspace.withDatasetsFirst(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().workspace().datasetRuns().refuse(workspace.dataset(0), 405);

        scene.change(workspace.changed());
        eventuallySettled(workspace, 1);
        scene.change(workspace.changed());
        eventuallySettled(workspace, 2);

        assertThat(postsOfDataset(workspace.dataset(0))).hasSize(1);
        assertThat(scene.events("run-rejected", workspace.dataset(0))).hasSize(1);
        assertThat(scene.sandbox().calls().posts(report)).hasSize(2);
        var second = planned(workspace).get(1).data();
        assertThat(second.at("/left_out/0/token").asText()).isEqualTo(workspace.dataset(0));
        assertThat(second.at("/left_out/0/reason").asText()).isEqualTo("run_refused");
        assertThat(second.path("datasets_first").asBoolean()).isFalse();
    }

    @Test
    void shouldShowInAPlanWhatIsRunFirst() {
        var workspace = Workspace.withDatasetsFirst(scene, 2);
        var report = workspace.report(0);

        admin().body(workspace.changed())
                .post("/api/v1/plans")
                .then()
                .statusCode(200)
                .body("datasets_first", equalTo(true))
                .body("datasets.token", contains(workspace.dataset(0), workspace.dataset(1)))
                .body("datasets.decision", contains("run_first", "no_reports"))
                .body("reports.token", contains(report))
                .body("reports[0].awaits", contains(workspace.dataset(0)))
                .body("calls.posts", equalTo(2))
                .body("calls.at_least", equalTo(4));
        assertThat(postsOfDataset(workspace.dataset(0))).isEmpty();
    }
}
