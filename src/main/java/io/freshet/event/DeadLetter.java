package io.freshet.event;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Input that is no use, kept byte for byte, with the reason in headers. */
public final class DeadLetter {

    private static final String PREFIX = "dead-letter-";
    private static final int LONGEST_REASON = 500;

    private DeadLetter() {}

    /** Key, value and headers as they came, and why they could not be used. */
    public static ProducerRecord<byte[], byte[]> of(String topic, Arrival arrival, String code, String reason) {
        return record(topic, arrival, arrival.value(), code, reason);
    }

    /** For a record that leaves no room for our headers: all but the value, which stays where it came from. */
    public static ProducerRecord<byte[], byte[]> withoutValue(
            String topic, Arrival arrival, String code, String reason) {
        var bytes = arrival.value() == null ? 0 : arrival.value().length;
        var more =
                " Its value of %d bytes doesn't fit this topic: raise the topic's max.message.bytes, and read the value where it came from."
                        .formatted(bytes);
        return record(topic, arrival, null, code, Quote.cut(reason, LONGEST_REASON - more.length()) + more);
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, Arrival arrival, byte @Nullable [] value, String code, String reason) {
        var headers = new RecordHeaders();
        for (var header : arrival.headers()) {
            if (!header.key().startsWith(PREFIX)) { // of an earlier death
                headers.add(header);
            }
        }
        add(headers, "code", code);
        add(headers, "reason", Quote.cut(reason, LONGEST_REASON));
        add(headers, "topic", arrival.topic());
        add(headers, "partition", Integer.toString(arrival.partition()));
        add(headers, "offset", Long.toString(arrival.offset()));
        return new ProducerRecord<>(topic, null, null, arrival.key(), value, headers);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
