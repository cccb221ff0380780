package io.freshet.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Changes that runs of OpenLineage mean. Which ones a run means is for others to say; here, one that was settled was sent if
 * its run was told to have ended well, and once, however often that was told.
 */
final class SentByLineage {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOURCE = "/openlineage/";

    private SentByLineage() {}

    static List<Sent> of(Observed observed, List<Event> settled, DeadLetters dead) {
        var changes = settled.stream()
                .map(Event::change)
                .filter(change -> change.startsWith(SOURCE))
                .distinct()
                .toList();
        // Where there are none, there may be no such topic.
        var ended = changes.isEmpty() ? Map.<String, Sent>of() : ended(observed.read("openlineage"), dead);
        return changes.stream()
                .flatMap(change ->
                        Stream.ofNullable(ended.get(run(change))).map(end -> new Sent(change, end.at(), end.isDead())))
                .toList();
    }

    /** By run, the record that said so first. */
    private static Map<String, Sent> ended(List<ConsumerRecord<byte[], byte[]>> records, DeadLetters dead) {
        var ended = new HashMap<String, Sent>();
        for (var record : records) {
            read(record)
                    .filter(event -> event.path("eventType").asText().equals("COMPLETE"))
                    .map(event -> event.at("/run/runId").asText())
                    .ifPresent(run -> ended.putIfAbsent(
                            run,
                            new Sent(
                                    run,
                                    Instant.ofEpochMilli(record.timestamp()),
                                    dead.has(PublicInput.place(record.topic(), record.partition(), record.offset())))));
        }
        return ended;
    }

    private static Optional<JsonNode> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.ofNullable(record.value() == null ? null : JSON.readTree(record.value()));
        } catch (IOException e) {
            return Optional.empty(); // no event
        }
    }

    /** Of {@code /openlineage/NAMESPACE/JOB RUN/DATA_SOURCE/DIGEST}. */
    private static String run(String change) {
        var id = change.substring(change.lastIndexOf(' ') + 1);
        return id.substring(0, Math.max(0, id.indexOf('/')));
    }
}
