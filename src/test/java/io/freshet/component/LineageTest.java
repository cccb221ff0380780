package io.freshet.component;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;

import io.freshet.sandbox.Connection;
import io.freshet.testing.Event;
import io.freshet.testing.Scene;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** From events of OpenLineage to the runs of reports. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class LineageTest {

    /** {@link SceneResource} maps a namespace to it. */
    static final String MAPPED = "50ac11aea9e0";

    private static final String SHOP = "50ac11aea9e1";
    private static final String LAKE = "50ac11aea9e2";
    private static final String POSTGRES = "postgres://lineage.example.test:5432";

    Scene scene;

    @Inject
    MeterRegistry metrics;

    /** Mode is asked for data sources once in a minute, so all of them are there before the first event. */
    @BeforeEach
    void connectDataSources() {
        var workspace = scene.sandbox().workspace();
        if (workspace.dataSources().contains(SHOP)) {
            return;
        }
        add(SHOP, "da7a11aea9e1", "4e9011aea9e1");
        add(LAKE, "da7a11aea9e2", "4e9011aea9e2");
        add(MAPPED, "da7a11aea9e0", "4e9011aea9e0");
        workspace.connect(SHOP, new Connection("postgresql", "lineage.example.test", 5432, "shop"));
        workspace.connect(LAKE, new Connection("spark", "adb-1.22.azuredatabricks.net", 443, "default"));
    }

    private void add(String source, String dataset, String report) {
        var workspace = scene.sandbox().workspace();
        workspace.addDataSource(source, "Source " + source);
        workspace.addDataset(dataset, "Dataset", source, Workspace.SPACE);
        workspace.addReport(report, "Report", Workspace.SPACE, dataset);
    }

    private static String event(String type, String run, String job, String outputs) {
        return """
                {"eventType":"%s","eventTime":"2026-01-31T06:00:00.5Z","producer":"https://example.test/etl",
                 "run":{"runId":"%s","facets":{"theirs":{"deep":[[{}]]}}},
                 "job":{"namespace":"etl","name":"%s","facets":{"jobType":{"integration":"SPARK","jobType":"JOB"}}},
                 "outputs":[%s]}""".formatted(type, run, job, outputs);
    }

    private static String output(String namespace, String name) {
        return "{\"namespace\":\"%s\",\"name\":\"%s\"}".formatted(namespace, name);
    }

    private void send(String... events) {
        var topic = scene.topics().name("openlineage");
        var sent = List.of(events).stream()
                .map(event -> scene.topics()
                        .send(new ProducerRecord<>(
                                topic,
                                "run:etl".getBytes(StandardCharsets.UTF_8),
                                event.getBytes(StandardCharsets.UTF_8))))
                .toList();
        scene.topics().flush(List.copyOf(sent));
    }

    private List<Event> settled(String run) {
        return scene.events("change-settled").stream()
                .filter(event -> event.data().at("/change/id").asText().startsWith(run + "/"))
                .toList();
    }

    private double counted(String name, String tag, String value) {
        return metrics.find(name).tag(tag, value).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Test
    void shouldRunTheReportsOfTheDataSourceThatARunHasWrittenTo() {
        var run = UUID.randomUUID().toString();
        var failed = UUID.randomUUID().toString();
        var shop = output(POSTGRES, "shop.public.orders");

        send(
                event("START", failed, "load", shop),
                event("FAIL", failed, "load", shop),
                event("START", run, "load", shop),
                event("RUNNING", run, "load", output("s3://lake", "tmp/x")),
                event("COMPLETE", run, "load", ""),
                event("COMPLETE", run, "load", ""));

        scene.eventually(() -> assertThat(settled(run)).singleElement().satisfies(event -> {
            assertThat(event.text("outcome")).isEqualTo("succeeded");
            assertThat(event.data().at("/change/source").asText()).isEqualTo("/openlineage/etl/load");
            assertThat(event.data().at("/change/id").asText()).startsWith(run + "/" + SHOP + "/");
            assertThat(event.data().at("/change/changed_at").asText()).isEqualTo("2026-01-31T06:00:00.500Z");
            assertThat(event.data().at("/runs/succeeded").asInt()).isEqualTo(1);
        }));
        assertThat(settled(failed)).isEmpty();
        assertThat(scene.events("run-accepted", "4e9011aea9e1")).isNotEmpty();
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
        scene.eventually(() -> given().spec(Admin.admin())
                .get("/api/v1/lineage/unmatched?account=acme")
                .then()
                .statusCode(200)
                .body("unmatched.namespace", hasItem("s3://lake"))
                .body("unmatched.example", hasItem("tmp/x")));
        assertThat(counted("freshet.lineage.events", "result", "forwarded")).isPositive();
        assertThat(counted("freshet.lineage.runs", "result", "changed")).isPositive();
    }

    @Test
    void shouldFollowSymlinksAndMappings() {
        var run = UUID.randomUUID().toString();
        var table =
                "{\"namespace\":\"s3://lake\",\"name\":\"warehouse/orders\",\"facets\":{\"symlinks\":{\"identifiers\":["
                        + "{\"namespace\":\"unity-catalog\",\"name\":\"main.shop.orders\",\"type\":\"TABLE\"}]}}}";

        send(event("COMPLETE", run, "both", table + "," + output("dagster", "orders")));

        scene.eventually(() -> assertThat(settled(run))
                .map(event -> event.data().at("/change/id").asText().split("/", -1)[1])
                .containsExactlyInAnyOrder(LAKE, MAPPED));
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }

    @Test
    void shouldMakeDeadLettersOfWhatIsNoEventAndOfNothingElse() {
        var mark = UUID.randomUUID().toString();
        var run = UUID.randomUUID().toString();

        send(
                "{\"mark\":\"" + mark + "\"}",
                "{\"mark\":\"" + mark + "\"",
                "{\"eventTime\":\"2026-01-31T06:00:00Z\",\"mark\":\"" + mark + "\",\"dataset\":{}}",
                event("COMPLETE", run, "load", output(POSTGRES, "shop.public.items")));

        scene.eventually(() -> assertThat(settled(run)).hasSize(1));
        assertThat(scene.topics().read("upstream-data-changed-dlq"))
                .filteredOn(letter ->
                        letter.value() != null && new String(letter.value(), StandardCharsets.UTF_8).contains(mark))
                .map(letter -> Event.header(letter, "dead-letter-code"))
                .containsExactlyInAnyOrder("not_lineage", "not_json");
    }

    @Test
    void shouldTakeEventsOverHttpFromProducers() {
        var run = UUID.randomUUID().toString();
        var event = event("COMPLETE", run, "over-http", output(POSTGRES, "shop.public.orders"));
        var producer = given().header("Authorization", "Bearer " + Admin.TOKENS.get("producer"))
                .contentType(ContentType.JSON);

        given().spec(producer).body(event).post("/api/v1/lineage").then().statusCode(204);

        scene.eventually(() -> assertThat(settled(run)).hasSize(1));
        assertThat(scene.topics().read("openlineage"))
                .filteredOn(record -> new String(record.value(), StandardCharsets.UTF_8).equals(event))
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .containsExactly("run:etl/over-http");
        given().spec(producer)
                .body("{\"data_source\":\"x\"}")
                .post("/api/v1/lineage")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("not_lineage"));
        given().contentType(ContentType.JSON)
                .body(event)
                .post("/api/v1/lineage")
                .then()
                .statusCode(401);
        given().header("Authorization", "Bearer " + Admin.TOKENS.get("viewer"))
                .contentType(ContentType.JSON)
                .body(event)
                .post("/api/v1/lineage")
                .then()
                .statusCode(403);
        given().spec(producer)
                .get("/api/v1/lineage/unmatched?account=acme")
                .then()
                .statusCode(403);
    }
}
