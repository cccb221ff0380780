package io.freshet.api;

import io.freshet.view.ViewProgress;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.Optional;

/** What is said while the view doesn't know all: nobody must take what isn't known yet for what isn't there. */
final class Behind {

    private static final Duration SOON = Duration.ofSeconds(2);

    private Behind() {}

    /** How much of the past was read; empty once it is all. */
    static Optional<Integer> percent(ViewProgress progress) {
        return switch (progress.state()) {
            case NOT_BEGUN, CATCHING_UP -> Optional.of(progress.percent());
            case FOLLOWING, AWAY -> Optional.empty();
        };
    }

    /** That there is no such thing, if that is sure. */
    static WebApplicationException unless(ViewProgress progress, String unknown) {
        return progress.isCurrent() ? Problem.of(404, unknown).exception() : exception(progress);
    }

    static WebApplicationException exception(ViewProgress progress) {
        return Problem.of(503, detail(progress)).exceptionUntil(SOON);
    }

    private static String detail(ViewProgress progress) {
        return switch (progress.state()) {
            case NOT_BEGUN -> "This replica has only just started and doesn't know yet: ask again.";
            case CATCHING_UP ->
                "This replica has read %d %% of what is known: ask again.".formatted(progress.percent());
            case FOLLOWING, AWAY -> "This replica can't read Kafka now, and may know too little: ask again.";
        };
    }
}
