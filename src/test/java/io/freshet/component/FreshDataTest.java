package io.freshet.component;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.LastRunsTold;
import io.freshet.sandbox.ReportRuns;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whether people see newer data after a change, in both readings of Mode. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class FreshDataTest {

    Scene scene;

    private Workspace workspace;
    private String report;

    @BeforeEach
    void runLongAgo() {
        workspace = Workspace.with(scene, 1);
        report = workspace.report(0);
        scene.workspace().datasetRuns().ranBefore(workspace.dataset(0), Duration.ofHours(1));
    }

    @AfterEach
    void asItWas() {
        scene.workspace().datasetRuns().reportRuns(ReportRuns.LOAD);
        scene.workspace().datasetRuns().lastRunsTold(LastRunsTold.IN_ROWS);
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }

    /** As the look-up says it; the event says the same. */
    private String dataAfterAChange() {
        var id = "fresh-" + UUID.randomUUID();
        scene.change(
                "etl",
                workspace.changed(),
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_type", "io.freshet.data-changed.v1",
                        "ce_source", "/etl",
                        "ce_id", id,
                        "content-type", "application/json"));
        var data = given().queryParam("account", "acme")
                .queryParam("source", "/etl")
                .queryParam("id", id)
                .queryParam("wait", "30s")
                .get("/api/v1/changes")
                .then()
                .statusCode(200)
                .extract()
                .<String>path("settled.data");
        assertThat(scene.events("change-settled"))
                .filteredOn(event -> event.data().at("/change/id").asText().equals(id))
                .extracting(event -> event.text("data"))
                .containsExactly(data);
        return data;
    }

    private List<Event> learnt() {
        return scene.events("workspace-changed").stream()
                .filter(event -> event.text("kind").equals("data_source")
                        && event.text("subject").equals(workspace.source()))
                .toList();
    }

    private List<Event> datasetRuns() {
        return scene.events("run-finished").stream()
                .filter(event -> event.text("dataset_token").equals(workspace.dataset(0)))
                .toList();
    }

    @Test
    void shouldLearnToRunDatasetsFirstFromStaleData() {
        assertThat(dataAfterAChange()).as("a report's run has loaded old rows").isEqualTo("stale");
        scene.eventually(() -> assertThat(learnt()).hasSize(1));
        assertThat(datasetRuns()).isEmpty();

        assertThat(dataAfterAChange()).isEqualTo("fresh");
        assertThat(dataAfterAChange()).isEqualTo("fresh");
        assertThat(datasetRuns()).hasSize(2);
        assertThat(learnt()).as("told once").hasSize(1);
        assertThat(scene.events("run-finished", report)).hasSize(3);
    }

    @Test
    void shouldLearnNothingWhereReportsQueryTheWarehouse() {
        scene.workspace().datasetRuns().reportRuns(ReportRuns.QUERY);

        assertThat(dataAfterAChange()).isEqualTo("unknown");
        assertThat(dataAfterAChange()).isEqualTo("unknown");

        assertThat(learnt()).isEmpty();
        assertThat(datasetRuns()).isEmpty();
    }

    @Test
    void shouldLearnNothingWhereModeDoesNotSay() {
        scene.workspace().datasetRuns().lastRunsTold(LastRunsTold.NOWHERE);

        assertThat(dataAfterAChange()).isEqualTo("unknown");

        assertThat(learnt()).isEmpty();
    }

    @Test
    void shouldLearnNothingFromAReportThatFails() {
        scene.sandbox().runClock().endsAs(report, "failed");

        assertThat(dataAfterAChange()).isEqualTo("stale");

        assertThat(learnt()).isEmpty();
    }
}
