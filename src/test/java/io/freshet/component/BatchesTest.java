package io.freshet.component;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What became of changes, report by report. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class BatchesTest {

    Scene scene;

    private void change(Workspace workspace, String id) {
        scene.change(
                "etl",
                workspace.changed(),
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_type", "io.freshet.data-changed.v1",
                        "ce_source", "/etl/batches",
                        "ce_id", id,
                        "content-type", "application/json"));
    }

    private static String batch(String id) {
        return get("/api/v1/changes?wait=20s&source=/etl/batches&id=" + id)
                .then()
                .statusCode(200)
                .extract()
                .path("batch");
    }

    private static Map<String, Object> row(String batch) {
        return get("/api/v1/batches?limit=500")
                .jsonPath()
                .param("batch", batch)
                .get("batches.find { it.batch == batch } ?: [:]");
    }

    @Test
    void shouldShowHowEachReportOfAChangeEndedAlsoAfterTheNext() {
        var workspace = Workspace.withReportsOnly(scene, 1);
        var good = workspace.report(0);
        var failing = workspace.report(0);
        scene.sandbox().runClock().endsAs(failing, "failed");
        change(workspace, "one");
        var first = batch("one");
        scene.sandbox().runClock().endsAs(failing, "succeeded");
        scene.sandbox().runClock().endsAs(good, "cancelled");

        change(workspace, "two");
        var second = batch("two");

        scene.eventually(() -> assertThat(outcomes(first)).isEqualTo(Map.of(good, "succeeded", failing, "failed")));
        assertThat(outcomes(second)).isEqualTo(Map.of(good, "cancelled", failing, "succeeded"));
        var listed = get("/api/v1/reports?outcome=failed,cancelled&account=acme&batch=" + second)
                .jsonPath();
        assertThat(listed.getList("reports.token")).containsExactly(good);
        assertThat(listed.getString("batch.outcome")).isEqualTo("partly");
        assertThat(listed.getString("batch.target")).isEqualTo("data_source=" + workspace.source());
        assertThat(listed.getInt("batch.runs.succeeded")).isEqualTo(1);
        scene.sandbox().runClock().endsAs(good, "succeeded");
    }

    private static Map<String, String> outcomes(String batch) {
        var page = get("/api/v1/reports?account=acme&batch=" + batch).jsonPath();
        return page.get("reports.collectEntries { [it.token, it.batch_outcome] }");
    }

    @Test
    void shouldListTheChangesThatWerePlannedLast() {
        var workspace = Workspace.withReportsOnly(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().runClock().neverEnds(report);
        change(workspace, "open");
        scene.eventually(() -> assertThat(scene.events("run-accepted", report)).hasSize(1));
        var batch = get("/api/v1/changes?source=/etl/batches&id=open")
                .then()
                .extract()
                .<String>path("batch");

        scene.eventually(() -> assertThat(row(batch))
                .containsEntry("account", "acme")
                .containsEntry("state", "open")
                .containsEntry("target", "data_source=" + workspace.source())
                .containsEntry("changes_count", 1)
                .containsKeys("planned_at", "changes")
                .doesNotContainKeys("settled_at", "outcome"));
        assertThat(row(batch))
                .extractingByKey("runs")
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Integer.class))
                .containsEntry("open", 1);
        assertThat(get("/api/v1/batches?limit=500").jsonPath().<List<String>>get("batches.planned_at"))
                .extracting(Instant::parse)
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(get("/api/v1/batches?state=settled").jsonPath().<List<String>>get("batches.batch"))
                .doesNotContain(batch);

        scene.sandbox().runClock().endsAs(report, "succeeded");
        assertThat(batch("open")).isEqualTo(batch);
        scene.eventually(() -> assertThat(row(batch))
                .containsEntry("state", "settled")
                .containsEntry("outcome", "succeeded")
                .containsKey("settled_at"));
    }

    @Test
    void shouldSayThatNothingIsKnownOfABatch() {
        var none = get("/api/v1/reports?batch=999999")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(none.getInt("count")).isZero();
        assertThat(none.<Object>get("batch")).isNull();
        get("/api/v1/reports?batch=1&account=nobody")
                .then()
                .statusCode(404)
                .body("detail", containsString("/api/v1/status"));
    }
}
