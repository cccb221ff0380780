package io.freshet.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A record without its wrapping: CloudEvents 1.0 in binary mode ({@code ce_*} headers) or structured mode (one JSON object),
 * or plain JSON that is identified by where it lies. See the
 * <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 * protocol binding</a>. Attributes that nobody needs may have any name and type.
 *
 * @param type empty where there is no envelope
 * @param time when it happened, as the envelope says; looked at only where it is needed
 * @param traces by the record's header, else by the extension of the envelope
 * @param data looked at last, since an event of another type may have any
 */
record Envelope(
        String source,
        String id,
        Optional<String> type,
        Supplier<Optional<String>> time,
        Traces traces,
        Supplier<ObjectNode> data) {

    /** In bytes of UTF-8, so that all the changes that an event lists fit a record. */
    static final int LONGEST_IDENTITY = 512;

    private static final String STRUCTURED = "application/cloudevents";
    private static final String SPEC_VERSION = "specversion";
    private static final List<String> REQUIRED = List.of(SPEC_VERSION, "id", "source", "type");
    /** The attributes of the one before that are read are the same. */
    private static final List<String> VERSIONS = List.of("1.0", "0.3");

    static Envelope of(InboundRecord arrival, String wrong) {
        var headers = new HeaderTexts(arrival.headers(), wrong);
        var contentType = headers.contentType();
        if (contentType.filter(type -> type.startsWith(STRUCTURED)).isPresent()) {
            checkFormat(contentType.get());
            return structured(Json.object(arrival.value()), headers, wrong);
        }
        if (contentType.filter(type -> !isJson(type)).isPresent()) {
            throw new Unusable(
                    "not_json", "The content-type is " + SafeText.of(contentType.get()) + ": send application/json.");
        }
        if (isEnvelope(headers)) {
            return of(headers, () -> Json.object(arrival.value()), headers.traces(), wrong);
        }
        var value = Json.object(arrival.value());
        return value.has(SPEC_VERSION) ? structured(value, headers, wrong) : plain(arrival, value, headers);
    }

    /** Whether it has an identity of its own, though perhaps not a good one. */
    static boolean hasIdentity(InboundRecord arrival) {
        try {
            var headers = new HeaderTexts(arrival.headers(), "");
            return headers.get("id").isPresent()
                    || headers.contentType()
                            .filter(type -> type.startsWith(STRUCTURED))
                            .isPresent()
                    || Json.object(arrival.value()).has(SPEC_VERSION);
        } catch (Unusable nothingThatCanBeRead) {
            return false;
        }
    }

    /** Attributes that nobody reads make no envelope. */
    private static boolean isEnvelope(HeaderTexts headers) {
        return Stream.concat(REQUIRED.stream(), Stream.of("time")).anyMatch(headers::has);
    }

    private static Envelope plain(InboundRecord arrival, ObjectNode value, HeaderTexts headers) {
        var place = arrival.place() + "/" + arrival.timestamp().toEpochMilli();
        return new Envelope(
                "/kafka/" + arrival.topic(), place, Optional.empty(), Optional::empty, headers.traces(), () -> value);
    }

    private static void checkFormat(String contentType) {
        if (!contentType.substring(STRUCTURED.length()).startsWith("+json")) {
            throw new Unusable(
                    "not_json",
                    "The content-type is " + SafeText.of(contentType) + ": send application/cloudevents+json.");
        }
    }

    /** The record's own trace is of the last hop, so it goes before what the envelope says. */
    private static Envelope structured(ObjectNode event, HeaderTexts headers, String wrong) {
        var ofEvent = Optional.ofNullable(event.path(Traces.NAME).textValue())
                .map(Traces::of)
                .orElseGet(Traces::none);
        var traces = headers.traces().parents().isEmpty() ? ofEvent : headers.traces();
        return of(new EventAttributes(event, wrong), () -> data(event, wrong), traces, wrong);
    }

    private record EventAttributes(ObjectNode event, String wrong) implements Attributes {
        @Override
        public Optional<String> get(String attribute) {
            return Fields.text(event, attribute, wrong);
        }

        @Override
        public String name(String attribute) {
            return attribute;
        }
    }

    private static ObjectNode data(ObjectNode event, String wrong) {
        var data = event.path("data");
        var encoded = Fields.text(event, "data_base64", wrong);
        if (data instanceof ObjectNode object && encoded.isEmpty()) {
            return object;
        }
        if (encoded.isPresent() && (data.isMissingNode() || data.isNull())) {
            return Json.object(decoded(encoded.get(), wrong));
        }
        throw new Unusable(
                wrong, "The CloudEvent has no \"data\" that is a JSON object" + instead(data, encoded) + ".");
    }

    private static String instead(JsonNode data, Optional<String> encoded) {
        if (encoded.isPresent()) {
            return " alone: it has \"data_base64\" too, so leave one of them out";
        }
        return data.isTextual()
                ? ", but a string: put the object itself there, not a text that holds it"
                : ": put the change there";
    }

    private static byte[] decoded(String base64, String wrong) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new Unusable(wrong, "The CloudEvent's \"data_base64\" is no Base64: send the object as \"data\".");
        }
    }

    private static Envelope of(Attributes said, Supplier<ObjectNode> data, Traces traces, String wrong) {
        var missing = REQUIRED.stream()
                .filter(Predicate.not(attribute -> said.get(attribute).isPresent()))
                .map(said::name)
                .toList();
        if (!missing.isEmpty()) {
            throw new Unusable(
                    wrong,
                    "The CloudEvents envelope is broken: it has no " + String.join(", no ", missing)
                            + ". Add what is missing, or leave the whole envelope out.");
        }
        var version = said.get(SPEC_VERSION).orElseThrow();
        if (!VERSIONS.contains(version)) {
            throw new Unusable(
                    wrong,
                    "The CloudEvents envelope is broken: its specversion is " + SafeText.of(version) + ": send 1.0.");
        }
        return new Envelope(
                identity(said, "source", wrong),
                identity(said, "id", wrong),
                said.get("type"),
                () -> said.get("time"),
                traces,
                data);
    }

    /** What one writes twice must be the same text both times, so nothing in it is mended. */
    private static String identity(Attributes said, String attribute, String wrong) {
        var text = said.get(attribute).orElseThrow();
        if (SafeText.bytes(text) > LONGEST_IDENTITY) {
            throw new Unusable(
                    wrong, "The CloudEvents source and id may have " + LONGEST_IDENTITY + " bytes each: shorten them.");
        }
        if (text.isEmpty()) {
            throw new Unusable(wrong, "The CloudEvents source and id are a change's identity: leave neither empty.");
        }
        if (!SafeText.isPrintable(text)) {
            throw new Unusable(
                    wrong,
                    "The CloudEvents %s has control characters, %s: leave them out."
                            .formatted(attribute, SafeText.of(text)));
        }
        return text;
    }

    private static boolean isJson(String contentType) {
        var mediaType = contentType.split(";", 2)[0].strip();
        return mediaType.equals("application/json") || mediaType.equals("text/json") || mediaType.endsWith("+json");
    }
}
