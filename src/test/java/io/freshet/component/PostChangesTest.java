package io.freshet.component;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.freshet.testing.Event;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that are sent over HTTP, and what becomes of them. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class PostChangesTest {

    private static final String BATCH = "application/cloudevents-batch+json";

    Scene scene;

    private static RequestSpecification producer() {
        return given().header("Authorization", "Bearer " + Admin.TOKENS.get("producer"));
    }

    private static ValidatableResponse post(String contentType, String body) {
        return post(producer(), contentType, body);
    }

    private static ValidatableResponse post(RequestSpecification who, String contentType, String body) {
        return who.header("Content-Type", contentType)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/changes")
                .then();
    }

    private static String event(String id, String data) {
        return "{\"specversion\": \"1.0\", \"type\": \"io.freshet.data-changed.v1\", \"source\": \"/posted\", \"id\": \"%s\", \"data\": %s}"
                .formatted(id, data);
    }

    private List<ConsumerRecord<byte[], byte[]>> written(String part) {
        return scene.topics().read("upstream-data-changed").stream()
                .filter(record -> new String(record.value(), StandardCharsets.UTF_8).contains(part))
                .toList();
    }

    private static void assertSettledAs(String outcome, String source, String id) {
        get("/api/v1/changes?source=%s&id=%s&wait=30s".formatted(source, id))
                .then()
                .statusCode(200)
                .body("state", equalTo("settled"))
                .body("settled.outcome", equalTo(outcome));
    }

    @Test
    void shouldTakeAChangeThatCanThenBeWaitedFor() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);

        var id = post("application/json", workspace.changed())
                .statusCode(202)
                .body("accepted", hasSize(1))
                .body("accepted[0].account", equalTo("acme"))
                .body("accepted[0].source", equalTo("/http"))
                .extract()
                .<String>path("accepted[0].id");

        assertSettledAs("succeeded", "/http", id);
        assertThat(scene.events("run-finished", report)).hasSize(1);
        assertThat(UUID.fromString(id)).hasToString(id);
        assertThat(written(workspace.source())).singleElement().satisfies(record -> {
            assertThat(Event.header(record, "ce_id")).isEqualTo(id);
            assertThat(Event.header(record, "Authorization")).isEmpty();
        });
    }

    @Test
    void shouldTakeTheSameEventAsOftenAsItComesAndInAnyFormAsOneChange() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        var id = "nightly-" + workspace.number();
        var event = event(id, workspace.changed());

        var binary = producer()
                .header("ce-specversion", "1.0")
                .header("ce-type", "io.freshet.data-changed.v1")
                .header("ce-source", "/posted")
                .header("ce-id", id);
        post(binary, "application/json; charset=utf-8", workspace.changed()).statusCode(202);
        post("application/cloudevents+json", event).statusCode(202).body("accepted[0].id", equalTo(id));
        post(BATCH, List.of(event, event).toString()).statusCode(202).body("accepted", hasSize(2));
        post(Admin.admin(), "application/json", event).statusCode(202).body("accepted[0].source", equalTo("/posted"));

        assertSettledAs("succeeded", "/posted", id);
        scene.eventually(() -> assertThat(written(workspace.source())).hasSize(5));
        assertThat(scene.events("run-finished", report)).hasSize(1);
    }

    @Test
    void shouldWriteNothingOfABatchInWhichOneIsBad() {
        var workspace = Workspace.with(scene, 1);
        var good = event("good-" + workspace.number(), workspace.changed());
        var bad = event("bad", "{\"data_source\": \"no token\"}");
        var end = scene.topics().read("upstream-data-changed").size();

        post(BATCH, List.of(good, bad, "7").toString())
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", equalTo(400))
                .body("detail", containsString("2 of 3"))
                .body("errors", hasSize(2))
                .body("errors[0].index", equalTo(1))
                .body("errors[0].code", equalTo("bad_token"))
                .body("errors[0].reason", containsString("no token"))
                .body("errors[1].index", equalTo(2))
                .body("errors[1].code", equalTo("not_json"));

        post("application/json", workspace.changed()).statusCode(202);
        scene.eventually(() -> assertThat(written(workspace.source())).isNotEmpty());
        assertThat(scene.topics().read("upstream-data-changed")).hasSize(end + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{}", "{\"account\": \"nobody\", \"space\": \"5a\"}", "{\"space\": \"5a\""})
    void shouldSayWhatIsWrongWithAChange(String body) {
        post("application/json", body)
                .statusCode(400)
                .body("errors", hasSize(1))
                .body("errors[0].index", equalTo(0))
                .body("errors[0].reason", containsString("."));
    }

    @Test
    void shouldTakeAThousandEventsAndNoMore() {
        var event = event("same", "{\"datasets\": [\"da7a0000f00d\"]}");

        post(BATCH, Collections.nCopies(1_000, event).toString())
                .statusCode(202)
                .body("accepted", hasSize(1_000));
        post(BATCH, Collections.nCopies(1_001, event).toString())
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", containsString("1000"));
        post(BATCH, "[]").statusCode(202).body("accepted", hasSize(0));
    }

    @Test
    void shouldReadNoMoreThanOneMegabyte() {
        post("application/json", "{\"space\": \"5a\", \"more\": \"%s\"}".formatted("x".repeat(1 << 20)))
                .statusCode(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/cloudevents+avro",
                "application/xml"
            })
    void shouldTakeNothingThatIsNotSaidToBeJson(String contentType) {
        post(contentType, "{\"space\": \"5a\"}")
                .statusCode(415)
                .contentType("application/problem+json")
                .body("detail", containsString("application/cloudevents-batch+json"));
    }
}
