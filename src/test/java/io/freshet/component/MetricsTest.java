package io.freshet.component;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What one change leaves behind in the metrics. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class MetricsTest {

    Scene scene;

    @TestHTTPResource(management = true)
    URI management;

    private double value(String metric, String... labels) {
        return get(management.resolve("/q/metrics"))
                .asString()
                .lines()
                .filter(line -> line.startsWith(metric + "{"))
                .filter(line -> Pattern.compile(".*" + String.join(".*", labels) + ".*")
                        .matcher(line)
                        .matches())
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void shouldMeasureWhatAChangeLeadsTo() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);

        // After the tests of many other data sources it is one of the others.
        var freshness = "data_source=\"(" + workspace.source() + "|other)\"";
        var before = value("freshet_freshness_seconds_count", freshness);

        scene.change(workspace.changed());
        scene.eventually(() -> assertThat(scene.events("run-finished", report)).hasSize(1));

        scene.eventually(() ->
                assertThat(value("freshet_freshness_seconds_count", freshness)).isGreaterThan(before));
        assertThat(value("freshet_mode_calls_seconds_count", "operation=\"post_run\"", "status=\"202\""))
                .isPositive();
        assertThat(value("freshet_mode_calls_seconds_count", "operation=\"reports_of_dataset\"", "status=\"200\""))
                .isPositive();
        assertThat(value("freshet_changes_total", "outcome=\"planned\"")).isPositive();
        assertThat(value("freshet_ledger_transaction_seconds_count", "outcome=\"committed\""))
                .isPositive();
        assertThat(value("freshet_ledger_restore_seconds_sum")).isNotNegative();
        assertThat(scene.events("run-finished", report)
                        .get(0)
                        .data()
                        .at("/changes/0/data_source")
                        .asText())
                .isEqualTo(workspace.source());
    }

    @Test
    void shouldMeasureTheClientsOfKafka() {
        var workspace = Workspace.with(scene, 1);
        workspace.report(0);

        scene.change(workspace.changed());

        scene.eventually(() -> {
            assertThat(value("kafka_producer_record_send_total", "client_id=\"freshet-"))
                    .as("the ledger's own")
                    .isPositive();
            assertThat(value("kafka_producer_request_latency_avg", "client_id=\"freshet-"))
                    .isPositive();
            assertThat(value("kafka_consumer_fetch_manager_records_consumed_total", "client_id"))
                    .isPositive();
        });
    }
}
