package io.freshet.event;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Input that is no use, kept byte for byte, with the reason in headers. */
public final class DeadLetter {

    static final String PREFIX = "dead-letter-";

    /** How often the record was written to its topic again; the one header of ours that goes with it there. */
    static final String REDRIVES = PREFIX + "redrives";

    /** The code of a note that a dead letter was written to its topic again. */
    static final String REDRIVEN = "redriven";

    private static final int LONGEST_REASON = 500;

    private DeadLetter() {}

    /** Key, value and headers as they came, and why they could not be used. */
    public static ProducerRecord<byte[], byte[]> of(String topic, InboundRecord arrival, String code, String reason) {
        return record(topic, arrival, arrival.value(), code, reason);
    }

    /** For a record that leaves no room for our headers: all but the value, which stays where it came from. */
    public static ProducerRecord<byte[], byte[]> withoutValue(
            String topic, InboundRecord arrival, String code, String reason) {
        var bytes = arrival.value() == null ? 0 : arrival.value().length;
        var more =
                " Its value of %d bytes doesn't fit this topic: raise the topic's max.message.bytes, and read the value where it came from."
                        .formatted(bytes);
        return record(topic, arrival, null, code, SafeText.cut(reason, LONGEST_REASON - more.length()) + more);
    }

    /** For a record that is gone, or whose key and headers leave no room for ours: only where it lay, and why. */
    public static ProducerRecord<byte[], byte[]> placeOnly(
            String topic, RecordPlace place, String code, String reason) {
        var headers = new RecordHeaders();
        say(headers, code, reason, place);
        return new ProducerRecord<>(topic, null, null, null, null, headers);
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, InboundRecord arrival, byte @Nullable [] value, String code, String reason) {
        var headers = new RecordHeaders();
        for (var header : arrival.headers()) {
            if (!header.key().startsWith(PREFIX) || header.key().equals(REDRIVES)) { // others are of an earlier death
                headers.add(header);
            }
        }
        say(headers, code, reason, arrival.place());
        return new ProducerRecord<>(topic, null, null, arrival.key(), value, headers);
    }

    /** Remembers beside a dead letter, in its partition, that it was written to its topic again. */
    static ProducerRecord<byte[], byte[]> redriven(InboundRecord letter, String to) {
        var headers = new RecordHeaders();
        say(headers, REDRIVEN, "Nothing to do: this dead letter was written to " + to + " again.", letter.place());
        return new ProducerRecord<>(letter.topic(), letter.partition(), null, null, null, headers);
    }

    private static void say(Headers headers, String code, String reason, RecordPlace about) {
        add(headers, "code", code);
        add(headers, "reason", SafeText.cut(reason, LONGEST_REASON));
        add(headers, "topic", about.topic());
        add(headers, "partition", Integer.toString(about.partition()));
        add(headers, "offset", Long.toString(about.offset()));
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
