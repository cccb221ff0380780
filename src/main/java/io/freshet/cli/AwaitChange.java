package io.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Asks until a change is settled. The service waits with each answer; what can't be told now is asked for again. */
final class AwaitChange {

    private static final Duration AT_ONCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final FreshetApi api;
    private final Clock clock;

    AwaitChange(FreshetApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /** Its answer has the change as it settled, or says why it isn't known. */
    FreshetApi.Answer settled(JsonNode accepted, Duration patience) throws InterruptedException {
        var end = clock.instant().plus(patience);
        while (true) {
            var answer = api.get(address(accepted, end));
            var isSettled = answer.body().path("state").asText().equals("settled");
            if (isSettled || isFinal(answer)) {
                return answer;
            }
            if (!clock.instant().isBefore(end)) {
                return new FreshetApi.Answer(ExitCode.LATER, answer.body(), tooLate(answer, patience));
            }
            if (!answer.isGood()) {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        }
    }

    /** A change that isn't known yet may be on its way: that alone is refused, and may be well later. */
    private static boolean isFinal(FreshetApi.Answer answer) {
        return answer.exitCode() == ExitCode.REFUSED
                && answer.body().path("status").asInt() != 404;
    }

    private String address(JsonNode accepted, Instant end) {
        var left = Duration.between(clock.instant(), end);
        var wait = left.isNegative() ? 0 : Math.min(left.toSeconds(), AT_ONCE.toSeconds());
        return FreshetApi.path(
                "/api/v1/changes?account=%s&source=%s&id=%s&wait=%ss",
                accepted.path("account").asText(),
                accepted.path("source").asText(),
                accepted.path("id").asText(),
                Long.toString(wait));
    }

    private static String tooLate(FreshetApi.Answer answer, Duration patience) {
        return answer.isGood()
                ? "it is %s after %d s; give more --timeout, or see it by status and reports"
                        .formatted(answer.body().path("state").asText(), patience.toSeconds())
                : answer.trouble();
    }
}
