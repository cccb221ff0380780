package io.freshet.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record of the public topics as a stranger reads it. What no JSON can be seen in is none.
 *
 * @param identity {@code source + " " + id}
 * @param place {@code topic/partition/offset}
 * @param data without the envelope
 */
record PublicInput(String identity, Instant at, String place, JsonNode data) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Those of one workspace. */
    static List<PublicInput> of(List<ConsumerRecord<byte[], byte[]>> records, String account) {
        return records.stream()
                .flatMap(record -> read(record).map(json -> of(record, json)).stream())
                .filter(input -> input.data.path("account").asText(account).equals(account))
                .toList();
    }

    private static PublicInput of(ConsumerRecord<byte[], byte[]> record, JsonNode json) {
        var isStructured = isStructured(record, json);
        return new PublicInput(
                isStructured ? Event.identity(json) : identity(record),
                Instant.ofEpochMilli(record.timestamp()),
                place(record.topic(), record.partition(), record.offset()),
                isStructured ? json.path("data") : json);
    }

    private static boolean isStructured(ConsumerRecord<byte[], byte[]> record, JsonNode json) {
        return Event.header(record, "content-type").toLowerCase(Locale.ROOT).startsWith("application/cloudevents")
                || (json.has("specversion") && Event.header(record, "ce_id").isEmpty());
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

    /** {@code topic/partition/offset}. */
    static String place(Object topic, Object partition, Object offset) {
        return topic + "/" + partition + "/" + offset;
    }
}
