package io.freshet.api.produce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A webhook's JSON, of which a few fields are read; the rest may be anything. */
record WebhookBody(JsonNode json) {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** Empty where it is no JSON object. */
    static Optional<WebhookBody> of(byte[] body) {
        try {
            return Optional.ofNullable(MAPPER.readTree(body))
                    .filter(JsonNode::isObject)
                    .map(WebhookBody::new);
        } catch (IOException noJson) {
            return Optional.empty();
        }
    }

    /** Of a text or a number, as senders change their minds on which an id is. */
    Optional<String> text(String pointer) {
        var field = json.at(pointer);
        return field.isTextual() || field.isIntegralNumber()
                ? Optional.of(field.asText()).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    boolean says(String pointer, String value) {
        return text(pointer).filter(value::equals).isPresent();
    }

    boolean isTrue(String pointer) {
        return json.at(pointer).isBoolean() && json.at(pointer).booleanValue();
    }

    Optional<Instant> time(String pointer) {
        return text(pointer).flatMap(WebhookBody::parsed);
    }

    private static Optional<Instant> parsed(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
