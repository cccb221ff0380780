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
 * @param lastSuccessfullyRunAt when that run ended, while Mode's {@code last_run_at} is when the last run began
 */
public record FullReport(
        String token,
        Optional<String> space,
        Optional<String> lastSuccessfulRun,
        Optional<Instant> lastSuccessfullyRunAt,
        Optional<Duration> expectedRuntime) {

    static FullReport of(JsonNode object) {
        return new FullReport(
                Hal.token(object).orElseThrow(),
                Hal.token(object, "space_token"),
                Hal.token(object, "last_successful_run_token"),
                Hal.time(object, "last_successfully_run_at"),
                Hal.seconds(object, "expected_runtime"));
    }
}
