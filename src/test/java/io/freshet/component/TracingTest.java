package io.freshet.component;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Event;
import io.freshet.testing.Scene;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One trace leads from a change through the calls to Mode to the events that tell how it ended. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class TracingTest {

    Scene scene;

    @Inject
    InMemorySpanExporter spans;

    private static String parent(String trace) {
        return "00-" + trace + "-00f067aa0ba902b7-01";
    }

    private List<String> names(String trace) {
        return spansOf(trace).stream().map(SpanData::getName).toList();
    }

    private List<SpanData> spansOf(String trace) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(trace))
                .toList();
    }

    private String traceparent(String topic, String report) {
        return scene.topics().read(topic).stream()
                .filter(record -> Event.of(record).report().equals(report))
                .map(record -> Event.header(record, "traceparent"))
                .reduce((first, last) -> last)
                .orElse("");
    }

    @Test
    void shouldFollowAChangeToTheEndOfItsRun() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        scene.change("etl", workspace.changed(), Map.of("traceparent", parent(trace)));

        scene.eventually(() -> assertThat(names(trace))
                .contains(
                        "plan refreshes",
                        "datasets_of_data_source",
                        "reports_of_dataset",
                        "post_run",
                        "run of report"));
        for (var topic : List.of("run-accepted", "run-finished")) {
            scene.eventually(
                    () -> assertThat(traceparent(topic, report)).as(topic).startsWith("00-" + trace + "-"));
        }
        var plan = spansOf(trace).stream()
                .filter(span -> span.getName().equals("plan refreshes"))
                .findFirst()
                .orElseThrow();
        assertThat(plan.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(spansOf(trace))
                .filteredOn(span -> span.getName().equals("post_run"))
                .singleElement()
                .satisfies(span -> {
                    assertThat(span.getParentSpanId()).isEqualTo(plan.getSpanId());
                    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
                    assertThat(span.getAttributes().asMap().toString()).contains("202", report);
                });
    }

    @Test
    void shouldBeginATraceWhereAChangeHasNone() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);

        scene.change(workspace.changed());

        scene.eventually(() -> assertThat(traceparent("run-finished", report)).isNotEmpty());
        var trace = traceparent("run-finished", report).substring(3, 35);
        scene.eventually(() -> assertThat(names(trace)).contains("plan refreshes", "post_run", "run of report"));
    }

    private ProducerRecord<byte[], byte[]> change(String json, String trace) {
        var record = new ProducerRecord<>(
                scene.topics().name("upstream-data-changed"), "etl".getBytes(UTF_8), json.getBytes(UTF_8));
        record.headers().add("traceparent", parent(trace).getBytes(UTF_8));
        return record;
    }

    /** So that one comes right after the other, however busy the machine is. */
    private void sendTogether(ProducerRecord<byte[], byte[]> one, ProducerRecord<byte[], byte[]> other) {
        scene.topics().flush(List.of(scene.topics().send(one), scene.topics().send(other)));
    }

    @Test
    void shouldLinkTheTracesOfChangesThatBecomeOneRun() {
        var workspace = Workspace.with(scene, 1);
        workspace.report(0);
        var older = "aaf92f3577b34da6a3ce929d0e0e4736";
        var newer = "bbf92f3577b34da6a3ce929d0e0e4736";

        sendTogether(change(changed(workspace, "07"), newer), change(changed(workspace, "06"), older));

        scene.eventually(() -> assertThat(names(older)).contains("plan refreshes", "run of report"));
        assertThat(spansOf(older))
                .filteredOn(span -> span.getName().equals("plan refreshes"))
                .first()
                .satisfies(plan -> assertThat(plan.getLinks())
                        .extracting(link -> link.getSpanContext().getTraceId())
                        .containsExactly(newer));
    }

    private static String changed(Workspace workspace, String hour) {
        return "{\"data_source\": \"%s\", \"changed_at\": \"2026-01-31T%s:00:00Z\"}"
                .formatted(workspace.source(), hour);
    }

    @Test
    void shouldMarkWhatModeRefuses() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().workspace().forbidReport(report);
        var trace = "ccf92f3577b34da6a3ce929d0e0e4736";

        scene.change("etl", workspace.changed(), Map.of("traceparent", parent(trace)));

        scene.eventually(() -> assertThat(spansOf(trace))
                .filteredOn(span -> span.getStatus().getStatusCode() == StatusCode.ERROR)
                .extracting(SpanData::getName)
                .contains("post_run", "rejected"));
        assertThat(traceparent("run-rejected", report)).startsWith("00-" + trace);
        assertThat(spans.getFinishedSpanItems().toString()).doesNotContain("sandbox-token", "sandbox-secret", "Basic ");
    }
}
