package io.freshet.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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

    public String report() {
        return text("report_token");
    }

    public String run() {
        return text("run_token");
    }

    public Set<String> datasets() {
        return texts("dataset_tokens", JsonNode::asText);
    }

    /** {@code source + " " + id} of the changes that are listed. */
    public Set<String> changes() {
        return texts(
                "changes",
                change ->
                        change.path("source").asText() + " " + change.path("id").asText());
    }

    private Set<String> texts(String field, Function<JsonNode, String> text) {
        var texts = new TreeSet<String>();
        StreamSupport.stream(data.path(field).spliterator(), false).map(text).forEach(texts::add);
        return texts;
    }

    public static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
