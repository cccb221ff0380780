package io.freshet.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of an outgoing topic as a stranger reads it: headers and JSON, none of Freshet's own classes. */
public record Event(String key, String id, String type, JsonNode data, Instant writtenAt) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static Event of(ConsumerRecord<byte[], byte[]> record) {
        return of(new String(record.key(), StandardCharsets.UTF_8), record);
    }

    public static Event of(String key, ConsumerRecord<byte[], byte[]> record) {
        try {
            return new Event(
                    key,
                    header(record, "ce_id"),
                    header(record, "ce_type"),
                    JSON.readTree(record.value()),
                    Instant.ofEpochMilli(record.timestamp()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String text(String field) {
        return data.path(field).asText();
    }

    /** The token of the report that it is about, or of the dataset. */
    public String report() {
        return text(isOfDataset() ? "dataset_token" : "report_token");
    }

    boolean isOfDataset() {
        return text("kind").equals("dataset");
    }

    public String run() {
        return text("run_token");
    }

    public Set<String> datasets() {
        return texts("dataset_tokens", JsonNode::asText);
    }

    /** {@code source + " " + id} of the changes that are listed. */
    public Set<String> changes() {
        return texts("changes", Event::identity);
    }

    /** The true number of its changes, of which 20 are listed at most. */
    int changesCount() {
        return data.path("changes_count").asInt();
    }

    /** The same of the one change that it is about. */
    public String change() {
        return identity(data.path("change"));
    }

    /** The numbers of the batches that it is about: a run has several. */
    public Set<String> batches() {
        return data.has("batch") ? Set.of(text("batch")) : texts("batches", JsonNode::asText);
    }

    public List<JsonNode> all(String field) {
        return StreamSupport.stream(data.path(field).spliterator(), false).toList();
    }

    Set<String> tokens(String field) {
        return texts(field, one -> one.path("token").asText());
    }

    private Set<String> texts(String field, Function<JsonNode, String> text) {
        var texts = new TreeSet<String>();
        all(field).stream().map(text).forEach(texts::add);
        return texts;
    }

    static String identity(JsonNode change) {
        return change.path("source").asText() + " " + change.path("id").asText();
    }

    public static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
