package io.freshet.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What a request says in its body. */
final class Body {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Body() {}

    /** Wrapped in {@code report} or flat. None at all is a plain run. */
    static Set<String> datasetTokens(String body) {
        if (body.isBlank()) {
            return Set.of();
        }
        var json = object(body);
        var listed = (json.path("report").isObject() ? json.path("report") : json).path("dataset_tokens");
        if (!listed.isArray() && !listed.isMissingNode()) {
            throw Refused.badRequest("dataset_tokens is no array");
        }
        var tokens = new LinkedHashSet<String>();
        listed.forEach(element -> tokens.add(text(element, "token")
                .orElseThrow(() -> Refused.badRequest("dataset_tokens has an element without a token"))));
        return tokens;
    }

    /** For the call log, which takes what it can read. */
    static Set<String> legibleDatasetTokens(String body) {
        try {
            return datasetTokens(body);
        } catch (Refused illegible) {
            return Set.of();
        }
    }

    /** An update of a report or dataset, which has to be wrapped. */
    static JsonNode report(String body) {
        var report = object(body).path("report");
        if (!report.isObject()) {
            throw new Refused(400, "param_missing", "param is missing or the value is empty: report");
        }
        return report;
    }

    static Optional<String> text(JsonNode object, String field) {
        return object.path(field).isTextual() ? Optional.of(object.path(field).asText()) : Optional.empty();
    }

    private static JsonNode object(String body) {
        try {
            var json = MAPPER.readTree(body);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException malformed) {
            throw Refused.badRequest("the body is malformed JSON");
        }
        throw Refused.badRequest("the body is no JSON object");
    }
}
