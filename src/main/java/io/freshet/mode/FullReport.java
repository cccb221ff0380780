package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A report as its own address and the listing of its Collection show it.
 *
 * @param space token of its Collection
 * @param lastSuccessfulRun token of the last run that ended well
 * @param lastSuccess when that run ended, in Mode's words
 */
public record FullReport(
        String token,
        Optional<String> space,
        Optional<String> lastSuccessfulRun,
        Optional<String> lastSuccess,
        Optional<Duration> expectedRuntime) {

    static FullReport of(JsonNode object) {
        return new FullReport(
                LenientJson.token(object).orElseThrow(),
                LenientJson.token(object, "space_token"),
                LenientJson.token(object, "last_successful_run_token"),
                LenientJson.text(object, "last_successfully_run_at"),
                LenientJson.seconds(object, "expected_runtime"));
    }

    /**
     * When the last run that ended well ended, while Mode's {@code last_run_at} is when the last run began. Worked out
     * when it is asked for, since of the thirty reports of a page few are of interest.
     */
    public Optional<Instant> lastSuccessfullyRunAt() {
        return lastSuccess.flatMap(LenientJson::time);
    }
}
