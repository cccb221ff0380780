package io.freshet.component;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.testing.Event;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

    private static final String JSON = "application/json";
    private static final String EVENT = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    private record Answer(int status, String contentType, JsonNode body) {

        List<String> said(String member, String field) {
            return body.path(member).findValuesAsText(field);
        }
    }

    Scene scene;

    @TestHTTPResource("/api/v1/changes")
    URI address;

    private final HttpClient client = HttpClient.newHttpClient();

    private Answer post(String contentType, String body, String... headers) {
        return postAs("producer", contentType, body, headers);
    }

    /** A client that puts nothing right by itself. */
    private Answer postAs(String role, String contentType, String body, String... headers) {
        var request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + Admin.TOKENS.get(role))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (var at = 0; at < headers.length; at += 2) {
            request.header(headers[at], headers[at + 1]);
        }
        try {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("content-type").orElse(""),
                    new ObjectMapper().readTree(answer.body()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
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

    private static void assertSucceeded(String source, String id) {
        get("/api/v1/changes?source=%s&id=%s&wait=30s".formatted(source, id))
                .then()
                .statusCode(200)
                .body("settled.outcome", equalTo("succeeded"));
    }

    @Test
    void shouldTakeAChangeThatCanThenBeWaitedFor() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);

        var answer = post(JSON, workspace.changed());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.said("accepted", "account")).containsExactly("acme");
        assertThat(answer.said("accepted", "source")).containsExactly("/http");
        var id = answer.said("accepted", "id").get(0);
        assertThat(UUID.fromString(id)).hasToString(id);
        assertSucceeded("/http", id);
        assertThat(scene.events("run-finished", report)).hasSize(1);
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

        var answers = List.of(
                post(
                        "application/json; charset=utf-8",
                        workspace.changed(),
                        "ce-specversion",
                        "1.0",
                        "ce-type",
                        "io.freshet.data-changed.v1",
                        "ce-source",
                        "%2Fposted",
                        "ce-id",
                        id),
                post(EVENT, event),
                post(BATCH, List.of(event, event).toString()),
                postAs("admin", JSON, event));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.said("accepted", "source")).containsOnly("/posted");
            assertThat(answer.said("accepted", "id")).containsOnly(id);
        });
        assertSucceeded("/posted", id);
        scene.eventually(() -> assertThat(written(workspace.source())).hasSize(5));
        assertThat(scene.events("run-finished", report)).hasSize(1);
    }

    @Test
    void shouldWriteNothingOfABatchInWhichOneIsBad() {
        var workspace = Workspace.with(scene, 1);
        var good = event("good-" + workspace.number(), workspace.changed());
        var bad = event("bad", "{\"data_source\": \"no token\"}");
        var before = scene.topics().read("upstream-data-changed").size();

        var answer = post(BATCH, List.of(good, bad, "7").toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.body().path("detail").asText()).contains("2 of 3");
        assertThat(answer.said("errors", "index")).containsExactly("1", "2");
        assertThat(answer.said("errors", "code")).containsExactly("bad_token", "not_json");
        assertThat(answer.said("errors", "reason").get(0)).contains("no token");
        assertThat(post(JSON, workspace.changed()).status()).isEqualTo(202);
        scene.eventually(() -> assertThat(written(workspace.source())).isNotEmpty());
        assertThat(scene.topics().read("upstream-data-changed")).hasSize(before + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{}", "{\"account\": \"nobody\", \"space\": \"5a\"}", "{\"space\": \"5a\""})
    void shouldSayWhatIsWrongWithAChange(String body) {
        var answer = post(JSON, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.said("errors", "index")).containsExactly("0");
        assertThat(answer.said("errors", "reason")).singleElement().asString().contains(".");
    }

    @Test
    void shouldTakeAThousandEventsAndNoMore() {
        var event = event("same", Workspace.with(scene, 1).changed());

        var thousand = post(BATCH, Collections.nCopies(1_000, event).toString());
        var more = post(BATCH, Collections.nCopies(1_001, event).toString());
        var none = post(BATCH, "[]");

        assertThat(thousand.status()).isEqualTo(202);
        assertThat(thousand.body().path("accepted")).hasSize(1_000);
        assertThat(more.status()).isEqualTo(413);
        assertThat(more.body().path("detail").asText()).contains("1000");
        assertThat(none.status()).isEqualTo(202);
    }

    @Test
    void shouldReadNoMoreThanOneMegabyte() {
        given().header("Authorization", "Bearer " + Admin.TOKENS.get("producer"))
                .contentType(JSON)
                .body("{\"space\": \"5a\", \"more\": \"%s\"}".formatted("x".repeat(1 << 20)))
                .post("/api/v1/changes")
                .then()
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
        var answer = post(contentType, "{\"space\": \"5a\"}");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.body().path("detail").asText()).contains(BATCH);
    }
}
