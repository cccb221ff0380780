package io.freshet.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** CloudEvents 1.0 in binary mode, as records. */
final class EventRecords {

    private static final String TYPE = "io.freshet.%s.v1";

    private EventRecords() {}

    /**
     * What the envelope says.
     *
     * @param type the middle of it
     * @param subject absent where the event is of the workspace as a whole
     */
    record Header(String type, URI source, @Nullable String subject, String id, Instant time, Traces traces) {}

    static URI source(String account) {
        return URI.create("/freshet/" + account);
    }

    static ProducerRecord<byte[], byte[]> of(String topic, String key, Header header, ObjectNode data) {
        var event = CloudEventBuilder.v1()
                .withId(header.id())
                .withSource(header.source())
                .withType(TYPE.formatted(header.type()))
                .withTime(header.time().atOffset(ZoneOffset.UTC))
                .withData("application/json", Json.bytes(data));
        if (header.subject() != null) {
            event.withSubject(header.subject());
        }
        ProducerRecord<byte[], byte[]> record = KafkaMessageFactory.<byte[]>createWriter(
                        topic, key.getBytes(StandardCharsets.UTF_8))
                .writeBinary(event.build());
        header.traces().parent().ifPresent(parent -> record.headers()
                .add(Traces.NAME, parent.getBytes(StandardCharsets.US_ASCII)));
        return record;
    }
}
