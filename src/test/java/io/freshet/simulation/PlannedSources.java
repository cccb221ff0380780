package io.freshet.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.testing.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Which data source the batches of a workspace are for, as the state topic says it. */
final class PlannedSources {

    private final String prefix;
    private final Map<String, String> sources = new HashMap<>();

    PlannedSources(String account) {
        this.prefix = account + "/batches/";
    }

    /** The data source as it is held, {@code data_source:TOKEN}, if this is the first record of a batch of one. */
    Optional<String> planned(ConsumerRecord<byte[], byte[]> record) {
        var key = new String(record.key(), UTF_8);
        if (!key.startsWith(prefix) || record.value() == null) {
            return Optional.empty();
        }
        var batch = Event.of(record);
        var source = "data_source:" + batch.text("data_source");
        var isNew = batch.data().has("data_source")
                && batch.text("state").equals("open")
                && sources.put(key.substring(prefix.length()), source) == null;
        return isNew ? Optional.of(source) : Optional.empty();
    }

    /** Those that the request of a report's record is for. */
    Stream<String> of(ConsumerRecord<byte[], byte[]> report) {
        var batches = Event.of(report).data().at("/request/batches");
        return StreamSupport.stream(batches.spliterator(), false)
                .flatMap(number -> Optional.ofNullable(sources.get(number.asText())).stream());
    }
}
