package io.freshet.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.sandbox.SandboxWorkspace;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the public topics with its own eyes: which reports must run for each change, as the workspace is now. What has
 * gone to the dead-letter topic is left out, and so is what no JSON can be seen in.
 */
final class ChangesMade {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ChangesMade() {}

    /**
     * @param deadLetters records of the dead-letter topic
     * @param records those of the public topics
     */
    static List<History.Change> of(
            List<ConsumerRecord<byte[], byte[]>> deadLetters,
            List<ConsumerRecord<byte[], byte[]>> records,
            String account,
            SandboxWorkspace workspace) {
        var dead = deadLetters.stream().map(ChangesMade::placeOfDead).collect(Collectors.toSet());
        return records.stream()
                .filter(record -> !dead.contains(place(record.topic(), record.partition(), record.offset())))
                .flatMap(record -> change(record, account, workspace).stream())
                .toList();
    }

    /** {@code topic/partition/offset} of the record that was no use. */
    static String placeOfDead(ConsumerRecord<byte[], byte[]> letter) {
        return place(
                Event.header(letter, "dead-letter-topic"),
                Event.header(letter, "dead-letter-partition"),
                Event.header(letter, "dead-letter-offset"));
    }

    private static String place(Object topic, Object partition, Object offset) {
        return topic + "/" + partition + "/" + offset;
    }

    private static Optional<History.Change> change(
            ConsumerRecord<byte[], byte[]> record, String account, SandboxWorkspace workspace) {
        return read(record).flatMap(json -> {
            var isStructured = Event.header(record, "content-type")
                    .toLowerCase(Locale.ROOT)
                    .startsWith("application/cloudevents");
            var data = isStructured ? json.path("data") : json;
            if (!data.path("account").asText(account).equals(account)) {
                return Optional.empty();
            }
            return Optional.of(new History.Change(
                    isStructured
                            ? json.path("source").asText() + " "
                                    + json.path("id").asText()
                            : identity(record),
                    Instant.ofEpochMilli(record.timestamp()),
                    data.has("report_token")
                            ? ofReport(data, workspace)
                            : datasetsByReport(datasets(data, workspace), workspace)));
        });
    }

    private static Optional<JsonNode> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.ofNullable(record.value() == null ? null : JSON.readTree(record.value()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String identity(ConsumerRecord<byte[], byte[]> record) {
        return Event.header(record, "ce_id").isEmpty()
                ? "/kafka/" + record.topic() + " " + place(record.topic(), record.partition(), record.offset()) + "/"
                        + record.timestamp()
                : Event.header(record, "ce_source") + " " + Event.header(record, "ce_id");
    }

    /** The datasets that it names, or all that the report imports. */
    private static Map<String, Set<String>> ofReport(JsonNode refresh, SandboxWorkspace workspace) {
        var report = refresh.path("report_token").asText();
        var datasets = new TreeSet<String>();
        refresh.path("dataset_tokens").forEach(token -> datasets.add(token.asText()));
        if (!refresh.has("dataset_tokens")) {
            datasets.addAll(workspace.datasetsOf(report));
        }
        return datasets.isEmpty() ? Map.of() : Map.of(report, datasets);
    }

    private static Set<String> datasets(JsonNode change, SandboxWorkspace workspace) {
        var datasets = new TreeSet<String>();
        datasets.addAll(
                workspace.datasetsOfDataSource(change.path("data_source").asText()));
        datasets.addAll(workspace.datasetsOfSpace(change.path("space").asText()));
        change.path("datasets").forEach(token -> datasets.add(token.asText()));
        return datasets;
    }

    private static Map<String, Set<String>> datasetsByReport(Set<String> datasets, SandboxWorkspace workspace) {
        var datasetsByReport = new TreeMap<String, Set<String>>();
        for (var dataset : datasets) {
            for (var report : workspace.reportsOfDataset(dataset)) {
                datasetsByReport
                        .computeIfAbsent(report, first -> new TreeSet<>())
                        .add(dataset);
            }
        }
        return datasetsByReport;
    }
}
