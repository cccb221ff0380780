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
        var token = Hal.token(object).orElseThrow();
        return new Dataset(
                token,
                Hal.text(object, "name").orElse(token),
                Hal.text(object, "description"),
                Hal.text(object, "collection_token").or(() -> Hal.text(object, "space_token")),
                Hal.flag(object, "archived"),
                Hal.seconds(object, "expected_runtime"));
    }
}
