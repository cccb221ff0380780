package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * SQL that queries use by its name, as {@code {{ @name }}}.
 *
 * @param source empty where Mode doesn't show it
 */
public record Definition(String name, String source) {

    static Definition of(JsonNode object) {
        return new Definition(
                LenientJson.word(object, "name").orElse(""),
                LenientJson.text(object, "source").orElse(""));
    }
}
