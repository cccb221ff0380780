package io.freshet.component;

import static io.freshet.component.Admin.admin;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters that are sent on their way again. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class RedriveTest {

    Scene scene;

    private static ValidatableResponse redrive(String body) {
        return admin().body(body).post("/api/v1/dead_letters/redrives").then();
    }

    /** Of this one letter. */
    private static ValidatableResponse redrive(ConsumerRecord<?, ?> letter, String more) {
        return redrive("{\"partition\": %d, \"from_offset\": %d, \"to_offset\": %d%s}"
                .formatted(letter.partition(), letter.offset(), letter.offset(), more));
    }

    private List<ConsumerRecord<byte[], byte[]>> letters(String value) {
        return scene.topics().read("upstream-data-changed-dlq").stream()
                .filter(letter ->
                        letter.value() != null && new String(letter.value(), StandardCharsets.UTF_8).equals(value))
                .toList();
    }

    private ConsumerRecord<byte[], byte[]> letter(String value, int number) {
        scene.eventually(() -> assertThat(letters(value)).hasSize(number));
        return letters(value).get(number - 1);
    }

    private List<ConsumerRecord<byte[], byte[]>> changes(String value) {
        return scene.topics().read("upstream-data-changed").stream()
                .filter(change -> new String(change.value(), StandardCharsets.UTF_8).equals(value))
                .toList();
    }

    @Test
    void shouldSendAChangeAgainOnceItsCauseIsGone() {
        var change = "{\"data_source\": \"50acdeadbee1\"}";
        scene.change(
                "etl-1",
                change,
                Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_type",
                        "io.freshet.data-changed.v1",
                        "ce_source",
                        "/etl",
                        "ce_id",
                        "late",
                        "traceparent",
                        "kept"));
        var letter = letter(change, 1);
        assertThat(Event.header(letter, "dead-letter-code")).isEqualTo("data_source_not_found");
        var workspace = scene.sandbox().workspace();
        workspace.addDataSource("50acdeadbee1", "Late");
        workspace.addDataset("da7adeadbee1", "Late", "50acdeadbee1", Workspace.SPACE);
        workspace.addReport("4e90deadbee1", "Late", Workspace.SPACE, "da7adeadbee1");

        redrive(letter, "")
                .statusCode(200)
                .body("dry_run", equalTo(true))
                .body("letters", hasSize(1))
                .body("letters[0].code", equalTo("data_source_not_found"))
                .body("letters[0].has_identity", equalTo(true))
                .body("letters[0].redrives", equalTo(0));
        assertThat(changes(change)).hasSize(1);
        redrive(letter, ", \"dry_run\": false").statusCode(200).body("letters", hasSize(1));

        // The broker tells the writer that it has committed before it tells readers.
        scene.eventually(() -> assertThat(changes(change)).hasSize(2));
        var again = changes(change);
        assertThat(again.get(1).key()).asString().isEqualTo("etl-1");
        assertThat(Event.header(again.get(1), "traceparent")).isEqualTo("kept");
        assertThat(Event.header(again.get(1), "dead-letter-redrives")).isEqualTo("1");
        assertThat(Event.header(again.get(1), "dead-letter-code")).isEmpty();
        scene.eventually(
                () -> assertThat(scene.events("run-finished", "4e90deadbee1")).hasSize(1));
        assertThat(scene.events("run-finished", "4e90deadbee1").get(0).changes())
                .containsExactly("/etl late");

        // A second time it is known, and stays where it is.
        redrive(letter, ", \"dry_run\": false, \"force\": true")
                .statusCode(200)
                .body("letters", hasSize(0))
                .body("already_redriven", equalTo(1));
        assertThat(changes(change)).hasSize(2);
    }

    @Test
    void shouldNotSendForEverWhatDiesEachTime() {
        var change = "{\"data_source\": \"50acdeadbee2\"}";
        scene.change(change);
        for (var redrives = 0; redrives < 3; redrives++) {
            var letter = letter(change, redrives + 1);
            redrive(letter, ", \"dry_run\": false")
                    .statusCode(200)
                    .body("letters", hasSize(1))
                    .body("letters[0].redrives", equalTo(redrives))
                    .body("letters[0].has_identity", equalTo(false));
        }
        var last = letter(change, 4);

        redrive(last, ", \"dry_run\": false")
                .body("letters", hasSize(0))
                .body("refused", hasSize(1))
                .body("refused[0].refused", containsString("3 times"));
        assertThat(changes(change)).hasSize(4);

        redrive(last, ", \"dry_run\": false, \"force\": true").body("letters", hasSize(1));
        assertThat(Event.header(letter(change, 5), "dead-letter-redrives")).isEqualTo("4");
    }

    @Test
    void shouldSendARefreshToItsOwnTopic() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        var refresh = "{\"account\": \"acme\", \"report\": \"%s\"}".formatted(report);
        scene.send("refresh-requested", "acme/" + report, refresh, Map.of());
        var letter = letter(refresh, 1);

        redrive(letter, ", \"dry_run\": false")
                .body("letters[0].topic", equalTo(scene.topics().name("refresh-requested")));

        assertThat(Event.header(letter(refresh, 2), "dead-letter-topic"))
                .isEqualTo(scene.topics().name("refresh-requested"));
        assertThat(changes(refresh)).isEmpty();
    }

    @Test
    void shouldListTheNewestFirstWithHowEachBegins() {
        var first = "{\"account\": \"acme\", \"data_source\": \"50acdeadbee6\"}";
        var second = "{\"account\": \"acme\", \"data_source\": \"50acdeadbee7\"}";
        scene.change(first);
        var older = letter(first, 1);
        scene.change(second);
        letter(second, 1);
        redrive(older, ", \"dry_run\": false").body("letters", hasSize(1));
        letter(first, 2); // it has died again

        var rows = admin().get("/api/v1/dead_letters?code=data_source_not_found")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        var ours = rows.<Map<String, Object>>getList("letters").stream()
                .filter(row -> List.of(first, second).contains(row.get("begins")))
                .toList();
        assertThat(ours).extracting(row -> row.get("begins")).containsExactly(first, second, first);
        assertThat(ours).extracting(row -> row.get("redriven")).containsExactly(false, false, true);
        assertThat(ours).extracting(row -> row.get("account")).containsOnly("acme");
        assertThat(ours).extracting(row -> row.get("offset")).contains((int) older.offset());
        admin().get("/api/v1/dead_letters?limit=1")
                .then()
                .body("letters", hasSize(1))
                .body("more", equalTo(true));
        admin().get("/api/v1/dead_letters?limit=1001").then().statusCode(400);
    }

    @Test
    void shouldShowNoDeadLetterToWhoIsNoOperator() {
        given().get("/api/v1/dead_letters").then().statusCode(401);
        given().header("Authorization", "Bearer " + Admin.TOKENS.get("viewer"))
                .get("/api/v1/dead_letters")
                .then()
                .statusCode(403);
    }

    @Test
    void shouldWriteToNoTopicButItsInputs() {
        var value = "forged";
        scene.send(
                "upstream-data-changed-dlq",
                "any",
                value,
                Map.of(
                        "dead-letter-code",
                        "not_json",
                        "dead-letter-topic",
                        scene.topics().name("run-finished")));
        var letter = letter(value, 1);

        redrive(letter, ", \"dry_run\": false, \"force\": true")
                .statusCode(200)
                .body("letters", hasSize(0))
                .body("refused[0].refused", containsString("input topic"));
    }

    @Test
    void shouldTakeNoMoreThanTheLimit() {
        for (var number = 0; number < 3; number++) {
            scene.change("{\"space\": \"59acdead000%d\"}".formatted(number));
        }
        scene.eventually(() -> redrive("{\"code\": \"space_not_found\"}").body("letters", hasSize(3)));

        redrive("{\"code\": \"space_not_found\", \"limit\": 2}")
                .body("letters", hasSize(2))
                .body("more", equalTo(true));
        redrive("{\"code\": \"no_such_code\"}").body("letters", hasSize(0)).body("more", equalTo(false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"limit\": 0}",
                "{\"limit\": 1001}",
                "{\"from_offset\": 3}",
                "{\"partition\": -1}",
                "{\"partition\": 0, \"from_offset\": 3, \"to_offset\": 2}",
                "{\"dryrun\": false}",
                "{\"dry_run\": \"false\"}"
            })
    void shouldRefuseAnOrderThatMakesNoSense(String body) {
        redrive(body).statusCode(400).contentType("application/problem+json");
    }
}
