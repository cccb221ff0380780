package io.freshet.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SortedSet;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Freshet's events as records: CloudEvents 1.0 in binary mode, JSON in Mode's spelling, keyed by report. */
public final class EventWriter {

    private static final String TYPE = "io.freshet.%s.v1";

    private final ObjectMapper mapper = JsonMapper.builder().build();

    /** That one report be refreshed, as somebody asks for it; empty datasets mean all that the report imports. */
    public ProducerRecord<byte[], byte[]> write(
            String topic, ReportKey report, SortedSet<String> datasetTokens, ChangeRef request) {
        var data = mapper.createObjectNode();
        data.put("account", report.account());
        data.put("report_token", report.reportToken());
        if (!datasetTokens.isEmpty()) {
            datasetTokens.forEach(data.putArray("dataset_tokens")::add);
        }
        if (request.reason() != null) {
            data.put("reason", request.reason());
        }
        return write(
                topic,
                "refresh-requested",
                URI.create(request.source()),
                report,
                "",
                request.id(),
                request.changedAt(),
                Traces.none(),
                data);
    }

    public ProducerRecord<byte[], byte[]> write(String topic, RunEvent event) {
        return event.fold(
                accepted -> write(topic, accepted),
                finished -> write(topic, finished),
                rejected -> write(topic, rejected));
    }

    private ProducerRecord<byte[], byte[]> write(String topic, RunAccepted event) {
        var data = data(event);
        data.put("run_token", event.runToken());
        data.put("accepted_at", text(event.acceptedAt()));
        data.put("adopted", event.adopted());
        return write(topic, "run-accepted", event, event.runToken(), event.runToken(), event.acceptedAt(), data);
    }

    private ProducerRecord<byte[], byte[]> write(String topic, RunFinished event) {
        var data = data(event);
        data.put("run_token", event.runToken());
        data.put("outcome", event.outcome().word());
        data.put("mode_state", event.modeState());
        data.put("accepted_at", text(event.acceptedAt()));
        data.put("finished_at", text(event.finishedAt()));
        event.freshness().ifPresent(freshness -> data.put("freshness_seconds", freshness.toMillis() / 1000.0));
        return write(topic, "run-finished", event, event.runToken(), event.runToken(), event.finishedAt(), data);
    }

    private ProducerRecord<byte[], byte[]> write(String topic, RunRejected event) {
        var data = data(event);
        data.put("reason", event.reason());
        data.put("status", event.status());
        data.put("message", event.message());
        data.put("rejected_at", text(event.rejectedAt()));
        return write(topic, "run-rejected", event, "", id(event), event.rejectedAt(), data);
    }

    private ObjectNode data(RunEvent event) {
        var data = mapper.createObjectNode();
        data.put("account", event.report().account());
        data.put("report_token", event.report().reportToken());
        event.datasetTokens().forEach(data.putArray("dataset_tokens")::add);
        var listed = data.putArray("changes");
        for (var cause : event.changes().listed()) {
            var change = listed.addObject();
            change.put("source", cause.source());
            change.put("id", cause.id());
            change.put("changed_at", text(cause.changedAt()));
            if (cause.reason() != null) {
                change.put("reason", cause.reason());
            }
            if (cause.dataSource() != null) {
                change.put("data_source", cause.dataSource());
            }
        }
        data.put("changes_count", event.changes().count());
        return data;
    }

    private ProducerRecord<byte[], byte[]> write(
            String topic, String type, RunEvent event, String run, String id, Instant time, ObjectNode data) {
        var source = URI.create("/freshet/" + event.report().account());
        return write(
                topic,
                type,
                source,
                event.report(),
                run,
                id,
                time,
                event.changes().traces(),
                data);
    }

    private ProducerRecord<byte[], byte[]> write(
            String topic,
            String type,
            URI source,
            ReportKey report,
            String run,
            String id,
            Instant time,
            Traces traces,
            ObjectNode data) {
        var event = CloudEventBuilder.v1()
                .withId(id)
                .withSource(source)
                .withType(TYPE.formatted(type))
                .withSubject("reports/" + report.reportToken() + (run.isEmpty() ? "" : "/runs/" + run))
                .withTime(time.atOffset(ZoneOffset.UTC))
                .withData("application/json", Json.bytes(data))
                .build();
        var key = report.key().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record =
                KafkaMessageFactory.<byte[]>createWriter(topic, key).writeBinary(event);
        traces.parent()
                .ifPresent(parent -> record.headers().add(Traces.NAME, parent.getBytes(StandardCharsets.US_ASCII)));
        return record;
    }

    /** Follows from the content, so that what is said twice can be told to be the same. */
    private static String id(RunRejected event) {
        var content = "rejection" + event.report() + event.datasetTokens()
                + event.changes().identities().toBase64();
        return UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String text(Instant time) {
        return time.toString();
    }
}
