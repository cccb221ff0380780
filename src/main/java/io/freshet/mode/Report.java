package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A report that uses a dataset.
 *
 * @param archived false where Mode doesn't say
 */
public record Report(String token, String name, boolean archived) {

    static Report of(JsonNode object) {
        var token = LenientJson.token(object).orElseThrow();
        return new Report(token, LenientJson.word(object, "name").orElse(token), LenientJson.flag(object, "archived"));
    }
}
