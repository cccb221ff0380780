package io.freshet.refresh;

import java.time.Duration;

/**
 * How patient the following of runs is.
 *
 * @param pollMin shortest time between two questions about a run
 * @param pollMax longest time between two questions, and between two attempts to post
 * @param timeout an open run older than this is told as timed out
 * @param grace how long after a POST with no answer its run may still appear in Mode's listing
 * @param vanishAfter how long a run that Mode knows no more is asked for again before it is told as failed
 * @param giveUpAttempts at least so many attempts, and
 * @param giveUpAfter so much time since the first, before a wish is told as given up
 */
public record Pace(
        Duration pollMin,
        Duration pollMax,
        Duration timeout,
        Duration grace,
        Duration vanishAfter,
        int giveUpAttempts,
        Duration giveUpAfter) {

    /** When to ask first: when the run is expected to end, where that is known. */
    Duration firstAsk(Memory memory) {
        return memory.expectedRuntime()
                .map(runtime -> clamp(runtime.plus(runtime.dividedBy(10))))
                .orElse(pollMin);
    }

    /** Half as long again as the last time. */
    Duration nextAsk(Duration last) {
        return clamp(last.multipliedBy(3).dividedBy(2));
    }

    Duration clamp(Duration wanted) {
        if (wanted.compareTo(pollMin) < 0) {
            return pollMin;
        }
        return wanted.compareTo(pollMax) > 0 ? pollMax : wanted;
    }
}
