package io.freshet.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record of the dead-letter topic, read back.
 *
 * @param buried as it lies there
 * @param code empty where it is none of Freshet's
 * @param topic where it was first
 * @param redrives how often it was written there again
 */
public record StoredDeadLetter(InboundRecord buried, String code, String reason, String topic, int redrives) {

    private static final int LONGEST_ACCOUNT = 64;
    private static final int LONGEST_BEGINNING = 120;
    private static final int MOST_BYTES_SHOWN = 1_000;

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

    /**
     * Whether somebody who asks for dead letters means this record, and it is no note beside one.
     *
     * @param wantedCode null where any will do
     * @param wantedTopic null where any will do
     */
    public boolean isMeant(@Nullable String wantedCode, @Nullable String wantedTopic) {
        return !isNote()
                && (wantedCode == null || wantedCode.equals(code))
                && (wantedTopic == null || wantedTopic.equals(topic));
    }

    /** The workspace that it says, in its value or in the data of an envelope; empty if that can't be read. */
    public Optional<String> account() {
        try {
            var read = Json.object(buried.value());
            return Stream.of(read.path("account"), read.path("data").path("account"))
                    .filter(JsonNode::isTextual)
                    .map(account -> SafeText.shown(account.textValue(), LONGEST_ACCOUNT))
                    .findFirst();
        } catch (Unusable e) {
            return Optional.empty(); // which is why it may be here
        }
    }

    /** How its value begins, in one line; empty if it has none. */
    public Optional<String> begins() {
        return Optional.ofNullable(buried.value())
                .map(value -> new String(value, 0, Math.min(value.length, MOST_BYTES_SHOWN), StandardCharsets.UTF_8))
                .map(text -> SafeText.shown(text.strip().replaceAll("\\s+", " "), LONGEST_BEGINNING));
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
