package io.freshet.component;

import static io.freshet.component.Admin.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.freshet.testing.Event;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One report, refreshed because somebody says so. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class RefreshNowTest {

    Scene scene;

    private static ValidatableResponse refresh(String report, String body) {
        return admin().body(body)
                .post("/api/v1/workspaces/acme/reports/" + report + "/refreshes")
                .then();
    }

    @Test
    void shouldRunTheReportWithTheNamedDatasets() {
        var workspace = Workspace.with(scene, 2);
        var report = workspace.report(0, 1);
        var body = "{\"dataset_tokens\": [\"%s\"], \"reason\": \"asked by hand\"}".formatted(workspace.dataset(1));

        var requested = refresh(report, body)
                .statusCode(202)
                .body("account", equalTo("acme"))
                .body("report_token", equalTo(report))
                .body("dataset_tokens", contains(workspace.dataset(1)))
                .extract()
                .jsonPath();

        scene.eventually(() -> assertThat(scene.events("run-finished", report)).hasSize(1));
        var request = scene.events("refresh-requested", report).get(0);
        assertThat(request.id()).isEqualTo(requested.getString("change.id"));
        assertThat(request.type()).isEqualTo("io.freshet.refresh-requested.v1");
        assertThat(request.key()).isEqualTo("acme/" + report);
        var finished = scene.events("run-finished", report).get(0);
        assertThat(finished.datasets()).containsExactly(workspace.dataset(1));
        assertThat(finished.changes())
                .containsExactly(requested.getString("change.source") + " " + requested.getString("change.id"));
        assertThat(finished.data().at("/changes/0/reason").asText()).isEqualTo("asked by hand");
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }

    @Test
    void shouldFindOutWhichDatasetsTheReportImports() {
        var workspace = Workspace.with(scene, 3);
        var report = workspace.report(0, 2);

        refresh(report, "{}").statusCode(202).body("dataset_tokens", nullValue());

        scene.eventually(() -> assertThat(scene.events("run-finished", report))
                .singleElement()
                .satisfies(finished ->
                        assertThat(finished.datasets()).containsExactly(workspace.dataset(0), workspace.dataset(2))));
    }

    @Test
    void shouldTakeTheSameIdForTheSameWish() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        refresh(report, "{\"id\": \"ticket-1\"}").statusCode(202);
        scene.eventually(() -> assertThat(scene.events("run-finished", report)).hasSize(1));

        refresh(report, "{\"id\": \"ticket-1\"}").statusCode(202);
        refresh(report, "{\"id\": \"ticket-2\"}").statusCode(202);

        scene.eventually(() -> assertThat(scene.events("run-finished", report)).hasSize(2));
        assertThat(scene.events("refresh-requested", report)).hasSize(3);
        assertThat(scene.events("run-finished", report).get(1).changes()).containsExactly("/freshet/acme/api ticket-2");
    }

    @Test
    void shouldRunNothingForAReportThatImportsNoDatasets() {
        var workspace = Workspace.with(scene, 1);
        var without = workspace.report();

        refresh(without, "{}").statusCode(202);

        scene.eventually(
                () -> assertThat(scene.events("refresh-requested", without)).hasSize(1));
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
        assertThat(scene.sandbox().calls().posts(without)).isEmpty();
    }

    /** A dataset is a report to Mode, and people find both by the token in the address. */
    @Test
    void shouldRunADatasetThatHasNeverBeenRunByItself() {
        var workspace = Workspace.with(scene, 1);
        var dataset = workspace.dataset(0);
        var report = workspace.report(0);

        refresh(dataset, "{}").statusCode(202);

        scene.eventually(() -> assertThat(scene.events("run-finished", dataset))
                .singleElement()
                .satisfies(finished -> {
                    assertThat(finished.text("kind")).isEqualTo("dataset");
                    assertThat(finished.text("outcome")).isEqualTo("succeeded");
                    assertThat(finished.datasets()).containsExactly(dataset);
                }));
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
        assertThat(scene.sandbox().calls().postsOfDataset(dataset)).hasSize(1);
        assertThat(scene.sandbox().calls().posts(dataset)).as("as a report").isEmpty();
        assertThat(scene.sandbox().calls().posts(report)).isEmpty();
    }

    @Test
    void shouldMakeADeadLetterOfAReportThatModeDoesntKnow() {
        refresh("ffff00000000", "{}").statusCode(202);

        scene.eventually(() -> assertThat(scene.topics().read("upstream-data-changed-dlq"))
                .anySatisfy(letter -> {
                    assertThat(Event.header(letter, "dead-letter-code")).isEqualTo("report_not_found");
                    assertThat(letter.value()).asString().contains("ffff00000000");
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"dataset_tokens\": []}",
                "{\"dataset_tokens\": [\"../runs\"]}",
                "{\"dataset_tokens\": \"da7a00000000\"}",
                "{\"dataset_tokens\": [null]}",
                "{\"dataset_token\": [\"da7a00000000\"]}",
                "{\"id\": \"\"}",
                "{\"id\": {}}",
                "{\"id\": \"bell\\u0007\"}",
                "{\"id\": \"a\", \"id\": \"b\"}",
                "{} {}",
                "nonsense"
            })
    void shouldRefuseABodyThatMakesNoSense(String body) {
        var report = Workspace.with(scene, 1).report(0);

        refresh(report, body).statusCode(400).contentType("application/problem+json");

        assertThat(scene.events("refresh-requested", report)).isEmpty();
    }
}
