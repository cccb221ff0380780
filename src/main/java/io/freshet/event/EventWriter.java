package io.freshet.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Freshet's events about reports as records: CloudEvents 1.0 in binary mode, JSON in Mode's spelling, keyed by report. */
public final class EventWriter {

    private final ObjectMapper mapper = JsonMapper.builder().build();
    private final Presentation presentation;

    public EventWriter(Presentation presentation) {
        this.presentation = presentation;
    }

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
        var header = new EventRecords.Header(
                "refresh-requested",
                URI.create(request.source()),
                report.path(),
                request.id(),
                request.changedAt(),
                Traces.none());
        return EventRecords.of(topic, report.key(), header, data);
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
        put(data, "web_url", presentation.page(event.report(), event.runToken()));
        data.put("accepted_at", event.acceptedAt().toString());
        data.put("adopted", event.adopted());
        return write(topic, "run-accepted", event, event.runToken(), event.runToken(), event.acceptedAt(), data);
    }

    private ProducerRecord<byte[], byte[]> write(String topic, RunFinished event) {
        var data = data(event);
        data.put("run_token", event.runToken());
        put(data, "web_url", presentation.page(event.report(), event.runToken()));
        data.put("outcome", event.outcome().word());
        data.put("mode_state", event.modeState());
        put(data, "error_code", event.error().flatMap(RunError::code));
        put(data, "error_message", event.error().flatMap(RunError::message));
        data.put("accepted_at", event.acceptedAt().toString());
        data.put("adopted", event.adopted());
        data.put("finished_at", event.finishedAt().toString());
        event.freshness().ifPresent(freshness -> data.put("freshness_seconds", Times.seconds(freshness)));
        return write(topic, "run-finished", event, event.runToken(), event.runToken(), event.finishedAt(), data);
    }

    private ProducerRecord<byte[], byte[]> write(String topic, RunRejected event) {
        var data = data(event);
        put(data, "web_url", presentation.page(event.report()));
        data.put("reason", event.reason());
        data.put("status", event.status());
        data.put("message", event.message());
        data.put("rejected_at", event.rejectedAt().toString());
        return write(topic, "run-rejected", event, "", event.id(), event.rejectedAt(), data);
    }

    private ObjectNode data(RunEvent event) {
        var data = mapper.createObjectNode();
        data.put("account", event.report().account());
        data.put("kind", event.report().kind().word());
        data.put(event.report().kind().word() + "_token", event.report().reportToken());
        put(data, "name", presentation.shown(event.report().account(), event.name()));
        event.datasetTokens().forEach(data.putArray("dataset_tokens")::add);
        var batches = data.putArray("batches");
        event.changes().batches().forEach(batch -> batches.add(Long.toString(batch)));
        ChangeRefJson.write(event.changes(), data);
        return data;
    }

    private static void put(ObjectNode data, String field, Optional<String> value) {
        value.ifPresent(text -> data.put(field, text));
    }

    private static ProducerRecord<byte[], byte[]> write(
            String topic, String type, RunEvent event, String run, String id, Instant time, ObjectNode data) {
        var report = event.report();
        var header = new EventRecords.Header(
                type,
                EventRecords.source(report.account()),
                subject(report, run),
                id,
                time,
                event.changes().traces());
        return EventRecords.of(topic, report.key(), header, data);
    }

    private static String subject(ReportKey report, String run) {
        return report.path() + (run.isEmpty() ? "" : "/runs/" + run);
    }
}
