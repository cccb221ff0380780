package io.freshet.component;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.freshet.api.produce.Recorded;
import io.freshet.testing.Event;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** dbt, Fivetran and Airbyte say that a load has ended, each in its way. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class WebhookChangesTest {

    static final String SECRET = "a-secret-of-webhook-tests";
    static final String SOURCE = "50acebb00c01";

    /** Of the application of the component tests. */
    static final Map<String, String> SETTINGS = Map.of(
            "freshet.webhooks.\"dbt\".kind", "dbt",
            "freshet.webhooks.\"dbt\".secret", SECRET,
            "freshet.webhooks.\"dbt\".data-source", SOURCE,
            "freshet.webhooks.\"loads\".kind", "fivetran",
            "freshet.webhooks.\"loads\".secret", SECRET,
            "freshet.webhooks.\"loads\".data-source", SOURCE,
            "freshet.webhooks.\"loads\".only", "another_creek,warehouse_quay",
            "freshet.webhooks.\"shop\".kind", "airbyte",
            "freshet.webhooks.\"shop\".secret", SECRET,
            "freshet.webhooks.\"shop\".data-source", SOURCE);

    private static final String OF_DBT = "c30444f0304f00f094a852d80d371001579fcba39ff15ef2737433ce69e8fe44";
    private static final String OF_FIVETRAN = "527E5D509D5A0FEFB409B7170574E6928E6FEEAD6FB956165A0CD8B22439EDE1";

    Scene scene;

    @TestHTTPResource(management = true)
    URI management;

    private static int dbt(String signature, byte[] body) {
        return given().contentType("application/json")
                .header("Authorization", signature)
                .body(body)
                .post("/webhooks/changes/dbt")
                .statusCode();
    }

    private static int airbyte(String secret, String body) {
        return given().contentType("application/json")
                .body(Recorded.body(body))
                .post("/webhooks/changes/shop/" + secret)
                .statusCode();
    }

    private List<ConsumerRecord<byte[], byte[]>> written(String id) {
        return scene.topics().read("upstream-data-changed").stream()
                .filter(record -> Event.header(record, "ce_id").equals(id))
                .toList();
    }

    private String metrics() {
        return get(management.resolve("/q/metrics")).asString();
    }

    @Test
    void shouldMakeOneChangeOfALoadHoweverOftenItIsTold() {
        var workspace = scene.sandbox().workspace();
        workspace.addDataSource(SOURCE, "Warehouse of webhooks");
        workspace.addDataset("da7aebb00c01", "Orders", SOURCE, Workspace.SPACE);
        workspace.addReport("4e90ebb00c01", "Orders", Workspace.SPACE, "da7aebb00c01");

        assertThat(dbt(OF_DBT, Recorded.body("dbt-completed"))).isEqualTo(204);
        get("/api/v1/changes?source=/webhooks/dbt&id=218726483&wait=30s")
                .then()
                .statusCode(200)
                .body("settled.outcome", equalTo("succeeded"))
                .body("change.changed_at", equalTo("2026-03-01T05:58:44Z"));
        assertThat(dbt(OF_DBT, Recorded.body("dbt-completed"))).isEqualTo(204);

        scene.eventually(() -> assertThat(written("218726483")).hasSize(2));
        assertThat(scene.events("run-finished", "4e90ebb00c01")).hasSize(1);
        assertThat(metrics()).contains("freshet_webhook_changes_total{outcome=\"sent\",webhook=\"dbt\"}");
    }

    @Test
    void shouldRefuseWhoeverDoesNotKnowTheSecret() {
        var body = Recorded.body("dbt-completed");
        for (var signature : List.of("", "Bearer " + OF_DBT, OF_FIVETRAN, SECRET)) {
            assertThat(dbt(signature, body)).as(signature).isEqualTo(401);
        }
        assertThat(dbt(OF_DBT, Recorded.body("dbt-completed-badly"))).isEqualTo(401);
        assertThat(given().body(body).post("/webhooks/changes/dbt").statusCode())
                .isEqualTo(401);
        assertThat(given().post("/webhooks/changes/dbt").statusCode())
                .as("without a body")
                .isEqualTo(401);
        assertThat(airbyte("another-secret-of-some-length", "airbyte-succeeded"))
                .isEqualTo(401);
        assertThat(given().body(Recorded.body("airbyte-succeeded"))
                        .post("/webhooks/changes/shop")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void shouldTakeASignatureInCapitalsAndTheSecretInAnAddress() {
        given().header("X-Fivetran-Signature-256", OF_FIVETRAN)
                .body(Recorded.body("fivetran-sync-end"))
                .post("/webhooks/changes/loads")
                .then()
                .statusCode(204);
        assertThat(airbyte(SECRET, "airbyte-succeeded")).isEqualTo(204);

        scene.eventually(() -> {
            assertThat(written("b4703f73-6315-4e22-8d7a-3bfb18b2fed2"))
                    .singleElement()
                    .satisfies(record ->
                            assertThat(Event.header(record, "ce_source")).isEqualTo("/webhooks/loads"));
            assertThat(written("9988"))
                    .singleElement()
                    .satisfies(record -> assertThat(record.value()).asString().contains("airbyte Shop to warehouse"));
        });
    }

    @Test
    void shouldIgnoreWhatIsNoSuccess() {
        var before = scene.topics().read("upstream-data-changed").size();

        assertThat(airbyte(SECRET, "airbyte-failed")).isEqualTo(204);
        assertThat(airbyte(SECRET, "airbyte-test")).isEqualTo(204);

        assertThat(metrics()).contains("freshet_webhook_changes_total{outcome=\"ignored\",webhook=\"shop\"} 2.0");
        assertThat(scene.topics().read("upstream-data-changed")).hasSize(before);
    }

    @Test
    void shouldBeThereForNobodyElse() {
        var body = Recorded.body("dbt-completed");
        for (var path : List.of("another", "", "dbt/" + SECRET, "dbt/x/y")) {
            assertThat(given().header("Authorization", OF_DBT)
                            .body(body)
                            .post("/webhooks/changes/" + path)
                            .statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
        for (var method : List.of("GET", "PUT", "DELETE", "OPTIONS")) {
            for (var path : List.of("dbt", "shop/" + SECRET)) {
                assertThat(given().request(method, "/webhooks/changes/" + path).statusCode())
                        .as(method + " " + path)
                        .isEqualTo(404);
            }
        }
        assertThat(metrics()).doesNotContain(SECRET);
    }

    @Test
    void shouldSayThatABodyIsNoUse() {
        assertThat(given().body("no JSON")
                        .post("/webhooks/changes/shop/" + SECRET)
                        .statusCode())
                .isEqualTo(400);
        assertThat(given().body("x".repeat(300_000))
                        .post("/webhooks/changes/shop/" + SECRET)
                        .statusCode())
                .isEqualTo(413);
    }
}
