package io.freshet.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record without its wrapping: CloudEvents 1.0 in binary mode ({@code ce_*} headers) or structured mode
 * ({@code application/cloudevents+json}), or plain JSON that is identified by where it lies. See the
 * <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 * protocol binding</a>.
 *
 * @param type empty where there is no envelope
 * @param time when it happened, as the envelope says; empty where it doesn't
 * @param traces by the record's header, else by the extension of the envelope
 */
record Envelope(
        String source, String id, Optional<String> type, Optional<Instant> time, Traces traces, ObjectNode data) {

    private static final String STRUCTURED = "application/cloudevents";
    private static final JsonFormat JSON_FORMAT = new JsonFormat();
    /** In bytes of UTF-8, so that all the changes that an event lists fit a record. */
    static final int LONGEST_IDENTITY = 512;

    static Envelope of(InboundRecord arrival, String wrong) {
        var contentType = header(arrival, "content-type")
                .map(type -> type.toLowerCase(Locale.ROOT).strip());
        if (contentType.filter(type -> type.startsWith(STRUCTURED)).isPresent()) {
            return structured(arrival, contentType.get(), wrong).in(traces(arrival));
        }
        var envelope = hasEnvelope(arrival) ? binary(arrival, wrong) : null;
        if (contentType.filter(type -> !isJson(type)).isPresent()) {
            throw new Unusable(
                    "not_json", "The content-type is " + SafeText.of(contentType.get()) + ": send application/json.");
        }
        var data = Json.object(arrival.value());
        if (envelope == null) {
            var place = arrival.place() + "/" + arrival.timestamp().toEpochMilli();
            return new Envelope(
                    "/kafka/" + arrival.topic(), place, Optional.empty(), Optional.empty(), traces(arrival), data);
        }
        return of(envelope, data, wrong).in(traces(arrival));
    }

    /** The record's own header is of the last hop, so it goes before what the envelope says. */
    private Envelope in(Traces ofRecord) {
        return ofRecord.parents().isEmpty() ? this : new Envelope(source, id, type, time, ofRecord, data);
    }

    private static Traces traces(InboundRecord arrival) {
        return header(arrival, Traces.NAME).map(Traces::of).orElseGet(Traces::none);
    }

    private static Envelope structured(InboundRecord arrival, String contentType, String wrong) {
        if (!contentType.substring(STRUCTURED.length()).startsWith("+json")) {
            throw new Unusable(
                    "not_json",
                    "The content-type is " + SafeText.of(contentType) + ": send application/cloudevents+json.");
        }
        var whole = Json.object(arrival.value());
        try {
            var event = JSON_FORMAT.deserialize(arrival.value());
            if (!(whole.get("data") instanceof ObjectNode data)) {
                throw new Unusable(wrong, "The CloudEvent has no \"data\" that is a JSON object.");
            }
            return of(event, data, wrong);
        } catch (EventDeserializationException | CloudEventRWException | IllegalArgumentException e) {
            throw brokenEnvelope(wrong, e);
        }
    }

    private static CloudEvent binary(InboundRecord arrival, String wrong) {
        try {
            // The value is read apart from its envelope, so that each can be told to be what is wrong.
            return KafkaMessageFactory.createReader(withValue(arrival.headers()), new byte[0])
                    .toEvent();
        } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
            throw brokenEnvelope(wrong, e);
        }
    }

    /** The SDK can't do with a header that has none: it counts as absent. */
    private static Headers withValue(Headers headers) {
        var all = new RecordHeaders();
        for (var header : headers) {
            if (header.value() != null) {
                all.add(header);
            }
        }
        return all;
    }

    private static Envelope of(CloudEvent event, ObjectNode data, String wrong) {
        var source = event.getSource().toString();
        if (SafeText.bytes(source) > LONGEST_IDENTITY || SafeText.bytes(event.getId()) > LONGEST_IDENTITY) {
            throw new Unusable(
                    wrong, "The CloudEvents source and id may have " + LONGEST_IDENTITY + " bytes each: shorten them.");
        }
        if (source.isEmpty() || event.getId().isEmpty()) {
            throw new Unusable(wrong, "The CloudEvents source and id are a change's identity: leave neither empty.");
        }
        var time = Optional.ofNullable(event.getTime()).map(OffsetDateTime::toInstant);
        var traces = Optional.ofNullable(event.getExtension(Traces.NAME))
                .map(parent -> Traces.of(parent.toString()))
                .orElseGet(Traces::none);
        return new Envelope(source, event.getId(), Optional.of(event.getType()), time, traces, data);
    }

    private static Unusable brokenEnvelope(String wrong, Exception cause) {
        return new Unusable(wrong, "The CloudEvents envelope is broken: " + SafeText.of(deepest(cause)) + ".");
    }

    private static String deepest(Throwable cause) {
        var message = String.valueOf(cause.getMessage());
        return cause.getCause() == null ? message : deepest(cause.getCause());
    }

    private static boolean isJson(String contentType) {
        var mediaType = contentType.split(";", 2)[0].strip();
        return mediaType.equals("application/json") || mediaType.equals("text/json") || mediaType.endsWith("+json");
    }

    private static boolean hasEnvelope(InboundRecord arrival) {
        return StreamSupport.stream(arrival.headers().spliterator(), false)
                .map(Header::key)
                .anyMatch(key -> key.startsWith("ce_"));
    }

    private static Optional<String> header(InboundRecord arrival, String name) {
        var last = arrival.headers().lastHeader(name);
        return Optional.ofNullable(last).map(Header::value).map(Envelope::text);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
