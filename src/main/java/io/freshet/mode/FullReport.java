package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A report, or a dataset, as its own address and the listing of its Collection show it.
 *
 * @param name its token where it is untitled
 * @param isDataset its type is {@code DatasetReport}
 * @param space token of its Collection
 * @param lastSuccessfulRun token of the last run that ended well
 * @param lastSuccess when that run ended, in Mode's words
 * @param importedDatasets which datasets it imports; empty where Mode doesn't say
 */
public record FullReport(
        String token,
        String name,
        boolean isDataset,
        Optional<String> space,
        Optional<String> lastSuccessfulRun,
        Optional<String> lastSuccess,
        Optional<Duration> expectedRuntime,
        Optional<SortedSet<String>> importedDatasets) {

    private static final String DATASET = "DatasetReport";

    static FullReport of(JsonNode object) {
        var token = LenientJson.token(object).orElseThrow();
        return new FullReport(
                token,
                LenientJson.word(object, "name").orElse(token),
                LenientJson.text(object, "type").filter(DATASET::equals).isPresent(),
                LenientJson.token(object, "space_token"),
                LenientJson.token(object, "last_successful_run_token"),
                LenientJson.text(object, "last_successfully_run_at"),
                LenientJson.seconds(object, "expected_runtime"),
                LenientJson.tokens(object, "imported_datasets"));
    }

    /**
     * When the last run that ended well ended, while Mode's {@code last_run_at} is when the last run began. Worked out
     * when it is asked for, since of the thirty reports of a page few are of interest.
     */
    public Optional<Instant> lastSuccessfullyRunAt() {
        return lastSuccess.flatMap(LenientJson::time);
    }
}
