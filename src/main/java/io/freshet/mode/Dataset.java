package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * A dataset, which Mode keeps as a report of the type {@code DatasetReport}.
 *
 * @param description absent where Mode doesn't say, as in some answers for a single dataset
 * @param spaceToken the Collection that it is in
 * @param archived false where Mode doesn't say, as in listings, which leave archived datasets out
 * @param expectedRuntime how long Mode expects a run to take; absent in listings
 */
public record Dataset(
        String token,
        String name,
        Optional<String> description,
        Optional<String> spaceToken,
        boolean archived,
        Optional<Duration> expectedRuntime) {

    static Dataset of(JsonNode object) {
        var token = LenientJson.token(object).orElseThrow();
        return new Dataset(
                token,
                LenientJson.word(object, "name").orElse(token),
                LenientJson.text(object, "description"),
                LenientJson.text(object, "collection_token").or(() -> LenientJson.text(object, "space_token")),
                LenientJson.flag(object, "archived"),
                LenientJson.seconds(object, "expected_runtime"));
    }
}
