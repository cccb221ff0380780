package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A dataset, which Mode keeps as a report of the type {@code DatasetReport}.
 *
 * @param description absent where Mode doesn't say, as in some answers for a single dataset
 * @param spaceToken the Collection that it is in
 * @param spaceName what people call that; absent where Mode doesn't say, as in answers for a single dataset
 * @param archived false where Mode doesn't say, as in listings, which leave archived datasets out
 * @param expectedRuntime how long Mode expects a run to take; absent in listings
 * @param dataSource whose listing shows it; absent elsewhere, as Mode doesn't say
 * @param lastRunAt when its last run began, well or not
 * @param lastSuccessfullyRunAt when the last run that ended well ended
 * @param editedAt when its query was last edited or saved, which a run never is; absent where Mode doesn't say
 */
public record Dataset(
        String token,
        String name,
        Optional<String> description,
        Optional<String> spaceToken,
        Optional<String> spaceName,
        boolean archived,
        Optional<Duration> expectedRuntime,
        Optional<String> dataSource,
        Optional<Instant> lastRunAt,
        Optional<Instant> lastSuccessfullyRunAt,
        Optional<Instant> editedAt) {

    static Dataset of(JsonNode object) {
        return of(object, Optional.empty());
    }

    static Dataset of(JsonNode object, Optional<String> dataSource) {
        var token = LenientJson.token(object).orElseThrow();
        return new Dataset(
                token,
                LenientJson.word(object, "name").orElse(token),
                LenientJson.text(object, "description"),
                LenientJson.text(object, "collection_token").or(() -> LenientJson.text(object, "space_token")),
                LenientJson.text(object, "collection_name"),
                LenientJson.flag(object, "archived"),
                LenientJson.seconds(object, "expected_runtime"),
                dataSource,
                LenientJson.time(object, "last_run_at"),
                LenientJson.time(object, "last_successfully_run_at"),
                Stream.of("edited_at", "last_saved_at")
                        .flatMap(field -> LenientJson.time(object, field).stream())
                        .max(Comparator.naturalOrder()));
    }

    /** The same, of which this is known. */
    public Dataset lastRunAt(Instant at) {
        return new Dataset(
                token,
                name,
                description,
                spaceToken,
                spaceName,
                archived,
                expectedRuntime,
                dataSource,
                Optional.of(at),
                lastSuccessfullyRunAt,
                editedAt);
    }
}
