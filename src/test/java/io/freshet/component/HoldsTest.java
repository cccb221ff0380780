package io.freshet.component;

import static io.freshet.component.Admin.admin;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.freshet.testing.Event;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator holds is not posted until it is released, and everybody can see that. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class HoldsTest {

    private static final String HOLDS = "/api/v1/workspaces/acme/holds";

    Scene scene;

    private static ValidatableResponse hold(String subject) {
        return given().header("Authorization", "Bearer " + Admin.TOKENS.get("operator"))
                .contentType(ContentType.JSON)
                .body("{\"subject\": \"%s\", \"why\": \"month end\"}".formatted(subject))
                .post(HOLDS)
                .then();
    }

    private static ValidatableResponse release(String subject) {
        return admin().queryParam("why", "closed").delete(HOLDS + "/" + subject).then();
    }

    private List<Event> told(String subject) {
        return scene.events("workspace-changed").stream()
                .filter(event -> subject.equals(event.text("kind") + ":" + event.text("subject")))
                .toList();
    }

    private void send(String id, String data) {
        scene.change(
                id,
                data,
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_type", "io.freshet.data-changed.v1",
                        "ce_source", "/holds",
                        "ce_id", id));
    }

    private static String state(String id) {
        return get("/api/v1/changes?source=/holds&id=" + id).jsonPath().getString("state");
    }

    @Test
    void shouldPostAHeldReportAfterItsReleaseAndTheOthersAtOnce() {
        var workspace = Workspace.with(scene, 1);
        var held = workspace.report(0);
        var other = workspace.report(0);
        var subject = "report:" + held;
        hold(subject)
                .statusCode(200)
                .body("account", equalTo("acme"))
                .body("what", equalTo("held"))
                .body("subject", equalTo(subject))
                .body("why", equalTo("month end"))
                .body("by", equalTo("operator"));

        send(held, workspace.changed());

        scene.eventually(() -> assertThat(scene.events("run-finished", other)).hasSize(1));
        scene.eventually(() -> assertThat(state(held)).isEqualTo("held"));
        assertThat(scene.sandbox().calls().posts(held)).isEmpty();
        assertThat(get("/api/v1/facts?account=acme").jsonPath().getList("facts.subject"))
                .contains(subject);
        assertThat(get("/api/v1/facts?account=acme").jsonPath().getList("facts.name"))
                .contains("Report " + held);
        release(subject).statusCode(200).body("what", equalTo("released")).body("why", equalTo("month end"));
        scene.eventually(() -> assertThat(state(held)).isEqualTo("settled"));
        assertThat(scene.events("run-finished", held)).hasSize(1);
        assertThat(told(subject)).map(event -> event.text("what")).containsExactly("held", "released");
        assertThat(told(subject).get(1).text("by")).isEqualTo("admin");
        assertThat(scene.events("change-planned").stream()
                        .filter(event ->
                                event.data().at("/held/0/token").asText().equals(held)))
                .singleElement()
                .satisfies(plan ->
                        assertThat(plan.data().at("/held/0/hold").asText()).isEqualTo(subject));
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }

    @Test
    void shouldPlanTheChangesOfAHeldDataSourceAfterItsRelease() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        var subject = "data_source:" + workspace.source();
        hold(subject).statusCode(200);
        send(report + "-1", workspace.changed());
        send(report + "-2", workspace.changed());
        scene.eventually(() -> assertThat(state(report + "-2")).isEqualTo("held"));
        assertThat(scene.sandbox().calls().posts(report)).isEmpty();

        release(subject).statusCode(200);

        scene.eventually(() ->
                assertThat(List.of(state(report + "-1"), state(report + "-2"))).containsOnly("settled"));
        assertThat(scene.events("run-finished", report)).hasSize(1);
    }

    @Test
    void shouldNotPostWhatWasPlannedBeforeItsDataSourceWasHeld() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        var source = "data_source:" + workspace.source();
        hold("report:" + report).statusCode(200);
        send(report, workspace.changed());
        scene.eventually(() -> assertThat(state(report)).isEqualTo("held"));
        hold(source).statusCode(200);
        release("report:" + report).statusCode(200);
        // What is committed after the release has been looked at for longer than a POST takes.
        var other = Workspace.with(scene, 1);
        var next = other.report(0);
        send(next, other.changed());
        scene.eventually(() -> assertThat(scene.events("run-finished", next)).hasSize(1));

        assertThat(scene.sandbox().calls().posts(report)).isEmpty();
        scene.eventually(() -> assertThat(state(report)).isEqualTo("held"));
        release(source).statusCode(200);
        scene.eventually(() -> assertThat(state(report)).isEqualTo("settled"));
        assertThat(scene.events("run-finished", report)).hasSize(1);
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }

    @Test
    void shouldHoldAHeldReportOnceAndReleaseItOnce() {
        var subject = "report:4e90ffff0001";
        var first = hold(subject).statusCode(200).extract().jsonPath();

        var again = hold(subject).statusCode(200).extract().jsonPath();

        assertThat(again.getString("at")).isEqualTo(first.getString("at"));
        release(subject).statusCode(200);
        release(subject)
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString(subject + " is not held"));
        scene.eventually(
                () -> assertThat(told(subject)).map(event -> event.text("what")).containsExactly("held", "released"));
    }

    @Test
    void shouldForgetNothingThatWasNeverLearnt() {
        admin().delete("/api/v1/workspaces/acme/learnt/data_source:50ac00000000")
                .then()
                .statusCode(404)
                .body("detail", containsString("is not learnt"));
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', 400",
        "'{\"subject\": \"everything\"}', 400",
        "'{\"subject\": \"space:59ace0000001\"}', 400",
        "'{\"subject\": \"report:../x\"}', 400",
        "'{\"subject\": \"report:4e90ffff0002\", \"why\": \"two\\nlines\"}', 400",
        "'{\"subject\": \"report:4e90ffff0002\", \"until\": \"noon\"}', 400"
    })
    void shouldRefuseWhatIsNoHold(String body, int status) {
        admin().body(body).post(HOLDS).then().statusCode(status).contentType("application/problem+json");
    }

    @Test
    void shouldKnowNoHoldsOfAnotherWorkspace() {
        admin().body("{\"subject\": \"workspace\"}")
                .post("/api/v1/workspaces/nobody/holds")
                .then()
                .statusCode(404);
    }
}
