package io.freshet.event;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record of the dead-letter topic, read back.
 *
 * @param buried as it lies there
 * @param code empty where it is none of Freshet's
 * @param topic where it was first
 * @param redrives how often it was written there again
 */
public record StoredDeadLetter(InboundRecord buried, String code, String reason, String topic, int redrives) {

    public static StoredDeadLetter of(InboundRecord buried) {
        return new StoredDeadLetter(
                buried,
                text(buried, DeadLetter.PREFIX + "code").orElse(""),
                text(buried, DeadLetter.PREFIX + "reason").orElse(""),
                text(buried, DeadLetter.PREFIX + "topic").orElse(""),
                (int) Math.min(
                        Integer.MAX_VALUE - 1,
                        number(buried, DeadLetter.REDRIVES).orElse(0)));
    }

    /** Which letter of the same partition this one says to have been redriven; empty where it says nothing such. */
    public OptionalLong redriven() {
        return isNote() ? number(buried, DeadLetter.PREFIX + "offset") : OptionalLong.empty();
    }

    /** It is no dead letter, but tells of one. */
    public boolean isNote() {
        return code.equals(DeadLetter.REDRIVEN) && topic.equals(buried.topic());
    }

    /** It has an identity of its own, so that a repetition has no further effect. */
    public boolean hasIdentity() {
        return Envelope.hasIdentity(buried);
    }

    /** The record as it came first, but for the count. */
    public ProducerRecord<byte[], byte[]> again() {
        var headers = new RecordHeaders();
        for (var header : buried.headers()) {
            if (!header.key().startsWith(DeadLetter.PREFIX)) {
                headers.add(header);
            }
        }
        headers.add(DeadLetter.REDRIVES, Integer.toString(redrives + 1).getBytes(StandardCharsets.UTF_8));
        return new ProducerRecord<>(topic, null, null, buried.key(), buried.value(), headers);
    }

    /** To be written in one transaction with {@link #again}. */
    public ProducerRecord<byte[], byte[]> note() {
        return DeadLetter.redriven(buried, topic);
    }

    private static OptionalLong number(InboundRecord buried, String header) {
        var digits = text(buried, header).filter(text -> text.matches("\\d{1,18}"));
        return digits.isPresent() ? OptionalLong.of(Long.parseLong(digits.get())) : OptionalLong.empty();
    }

    private static Optional<String> text(InboundRecord buried, String header) {
        return Optional.ofNullable(buried.headers().lastHeader(header))
                .map(last -> last.value())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
