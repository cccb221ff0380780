package io.freshet.lineage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads JSON field by field. What nobody asks for is skipped without being kept, whatever its size and type: a plan of
 * Spark's has megabytes.
 */
final class JsonFields {

    private static final StreamReadConstraints ANY_SIZE = StreamReadConstraints.builder()
            .maxNestingDepth(10_000)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();

    /** Names of foreign fields are as many and as alike as they like. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(ANY_SIZE)
            .build();

    private static final int LONGEST = 2_000;

    private JsonFields() {}

    interface Field {
        void read(String name, JsonParser json) throws IOException;
    }

    interface Element {
        void read(JsonParser json) throws IOException;
    }

    static JsonParser parser(byte[] bytes) throws IOException {
        return FACTORY.createParser(bytes);
    }

    /** Reads the object that begins here; anything else is passed over. */
    static void object(JsonParser json, Field field) throws IOException {
        if (!json.isExpectedStartObjectToken()) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            field.read(name, json);
            json.skipChildren();
        }
    }

    /** Reads the array that begins here; anything else is passed over. */
    static void array(JsonParser json, Element element) throws IOException {
        if (!json.isExpectedStartArrayToken()) {
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            element.read(json);
            json.skipChildren();
        }
    }

    /** A text of a length that names have. */
    static Optional<String> text(JsonParser json) throws IOException {
        return json.hasToken(JsonToken.VALUE_STRING) && json.getTextLength() <= LONGEST
                ? Optional.of(json.getText()).filter(text -> !text.isBlank())
                : Optional.empty();
    }
}
