package io.freshet.component;

import static io.freshet.component.Admin.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.freshet.sandbox.Faults;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mode's datasets and runs, looked at and changed through Freshet. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class DatasetsTest {

    private static final String ACME = "/api/v1/workspaces/acme/";

    Scene scene;

    @AfterEach
    void mend() {
        var settings = SandboxSettings.defaults();
        scene.sandbox().credentials(settings.token(), settings.secret());
        scene.sandbox().faults().clear();
    }

    @Test
    void shouldShowADataset() {
        var workspace = Workspace.with(scene, 1);
        scene.sandbox().workspace().expectRuntime(workspace.dataset(0), Duration.ofMillis(41_250));

        admin().get(ACME + "datasets/" + workspace.dataset(0))
                .then()
                .statusCode(200)
                .body("token", equalTo(workspace.dataset(0)))
                .body("name", equalTo("Dataset 0"))
                .body("space_token", equalTo(workspace.space()))
                .body("archived", equalTo(false))
                .body("expected_runtime_seconds", equalTo(41.25f));
    }

    @Test
    void shouldListWhatBelongsTogether() {
        var workspace = Workspace.with(scene, 2);
        var report = workspace.report(0, 1);

        admin().get(ACME + "data_sources/" + workspace.source() + "/datasets")
                .then()
                .statusCode(200)
                .body("token", containsInAnyOrder(workspace.dataset(0), workspace.dataset(1)));
        admin().get(ACME + "spaces/" + workspace.space() + "/datasets")
                .then()
                .statusCode(200)
                .body("token", containsInAnyOrder(workspace.dataset(0), workspace.dataset(1)));
        admin().get(ACME + "datasets/" + workspace.dataset(1) + "/reports")
                .then()
                .statusCode(200)
                .body("token", contains(report));
    }

    @Test
    void shouldShowTheRunsOfAReport() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        var run = scene.sandbox().workspace().runByHand(report, "/api/nora_bek");

        admin().get(ACME + "reports/" + report + "/runs")
                .then()
                .statusCode(200)
                .body("token", hasItem(run.token()))
                .body("[0].state", org.hamcrest.Matchers.notNullValue());
        admin().get(ACME + "reports/" + report + "/runs?since=yesterday")
                .then()
                .statusCode(400)
                .body("detail", containsString("since"));
    }

    @Test
    void shouldUpdateADataset() {
        var workspace = Workspace.with(scene, 1);
        var path = ACME + "datasets/" + workspace.dataset(0);

        admin().body("{\"name\": \"Orders\", \"description\": \"All \\\"orders\\\"\"}")
                .patch(path)
                .then()
                .statusCode(200)
                .body("name", equalTo("Orders"))
                .body("description", equalTo("All \"orders\""));

        admin().get(path).then().body("name", equalTo("Orders")).body("space_token", equalTo(workspace.space()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "null", "{\"nmae\": \"Orders\"}", "{\"name\": 7}", "{\"space_token\": \"../x\"}"
            })
    void shouldRefuseAnUpdateThatMakesNoSense(String body) {
        var workspace = Workspace.with(scene, 1);

        admin().body(body)
                .patch(ACME + "datasets/" + workspace.dataset(0))
                .then()
                .statusCode(400)
                .contentType("application/problem+json");

        assertThat(scene.sandbox()
                        .calls()
                        .count(call ->
                                call.method().equals("PATCH") && call.path().contains(workspace.dataset(0))))
                .isZero();
    }

    @Test
    void shouldSayWhyModeRefusesAnUpdate() {
        var workspace = Workspace.with(scene, 1);

        admin().body("{\"space_token\": \"ffff00000000\"}")
                .patch(ACME + "datasets/" + workspace.dataset(0))
                .then()
                .statusCode(400)
                .body("detail", containsString("Invalid space"));
    }

    @Test
    void shouldDeleteADataset() {
        var workspace = Workspace.with(scene, 2);
        var path = ACME + "datasets/" + workspace.dataset(0);

        admin().delete(path).then().statusCode(200).body("deleted", equalTo(workspace.dataset(0)));

        assertThat(scene.sandbox().workspace().datasets())
                .doesNotContain(workspace.dataset(0))
                .contains(workspace.dataset(1));
        admin().delete(path).then().statusCode(404).body("detail", containsString("gone already"));
    }

    @ParameterizedTest
    @CsvSource({
        "datasets/ffff00000000, 404",
        "datasets/ffff00000000/reports, 404",
        "data_sources/ffff00000000/datasets, 404",
        "spaces/ffff00000000/datasets, 404",
        "datasets/no-token, 400",
        "datasets/a%2F..%2Fb, 400",
        "datasets/a%0d%0aX-Injected:1, 400",
        "reports/%20/runs, 400"
    })
    void shouldSayWhatCannotBeShown(String path, int status) {
        admin().urlEncodingEnabled(false)
                .get(ACME + path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .header("X-Injected", org.hamcrest.Matchers.nullValue());
    }

    @Test
    void shouldKnowNoOtherWorkspace() {
        admin().get("/api/v1/workspaces/strangers/datasets/da7a00000000")
                .then()
                .statusCode(404)
                .body("detail", containsString("workspace"));
    }

    @Test
    void shouldBlameTheRightOneForACredentialThatModeRefuses() {
        var workspace = Workspace.with(scene, 1);
        scene.sandbox().credentials("another", "secret");

        admin().get(ACME + "datasets/" + workspace.dataset(0))
                .then()
                .statusCode(502)
                .body("detail", containsString("Renew Freshet's API key"));

        // Nobody else calls: the next question itself finds out that Mode is well again.
        mend();
        admin().delete(ACME + "datasets/" + workspace.dataset(0)).then().statusCode(200);
    }

    @Test
    void shouldSayThatNobodyKnowsAndLeaveTheBudgetWhole() {
        var workspace = Workspace.with(scene, 1);
        scene.sandbox().faults().next(3, Faults.Kind.HANG, call -> call.path().contains(workspace.dataset(0)));

        admin().get(ACME + "datasets/" + workspace.dataset(0))
                .then()
                .statusCode(504)
                .body("detail", containsString("Nobody knows"));

        admin().get(ACME + "datasets/" + workspace.dataset(0)).then().statusCode(200);
        scene.eventually(() -> admin().get("/api/v1/status")
                .then()
                .body("workspaces[0].budget.free", equalTo(400))
                .body("workspaces[0].trouble", org.hamcrest.Matchers.nullValue()));
    }
}
