package io.freshet.plan;

import java.time.Duration;
import java.time.Instant;

/** How often planning has failed in a row. */
record PlanFailures(int count, Instant since) {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Between two attempts to plan the same; it doubles. */
    Duration pause() {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(count - 1, 5));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
