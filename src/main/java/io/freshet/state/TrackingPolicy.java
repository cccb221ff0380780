package io.freshet.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How patient the following of runs is.
 *
 * @param pollMin shortest time between two questions about a run
 * @param pollMax longest time between two questions, and between two attempts to post
 * @param timeout an open run older than this is told as timed out
 * @param grace how long after a POST with no answer its run may still appear in Mode's listing
 * @param vanishAfter how long a run that Mode knows no more is asked for again before it is told as failed
 * @param giveUpAttempts at least so many attempts, and
 * @param giveUpAfter so much time since the first, before a request is told as given up
 */
public record TrackingPolicy(
        Duration pollMin,
        Duration pollMax,
        Duration timeout,
        Duration grace,
        Duration vanishAfter,
        int giveUpAttempts,
        Duration giveUpAfter) {

    /** When to ask first: when the run is expected to end, where that is known. */
    Duration firstAsk(Optional<Duration> expected) {
        return expected.map(runtime -> clamp(runtime.plus(runtime.dividedBy(10))))
                .orElse(pollMin);
    }

    /** Half as long again as the last time. */
    Duration nextAsk(Duration last) {
        return clamp(last.multipliedBy(3).dividedBy(2));
    }

    /**
     * When to ask after a pause: a little later, so that questions about different runs fall due together and one listing
     * may answer them. By at most a third of the pause, by no more than two of the shortest pauses, and never so that
     * the pause is longer than the longest.
     */
    Instant askAfter(Duration pause, Instant now) {
        var third = pause.dividedBy(3);
        var most = pollMin.multipliedBy(2);
        var grid = Long.highestOneBit(Math.max(1, (third.compareTo(most) < 0 ? third : most).toMillis()));
        var exactly = now.plus(pause).plusNanos(999_999).toEpochMilli();
        var together = Instant.ofEpochMilli(-Math.floorDiv(-exactly, grid) * grid);
        return together.isAfter(now.plus(pollMax)) ? together.minusMillis(grid) : together;
    }

    /**
     * How long listings alone may answer for a run, which show no failure: as long as such a run usually takes, and
     * ever longer with its age.
     */
    Duration listedFor(Optional<Duration> expected, Duration age) {
        var usual = expected.map(this::clamp).orElse(pollMax);
        return usual.compareTo(age) > 0 ? usual : age;
    }

    Duration clamp(Duration wanted) {
        if (wanted.compareTo(pollMin) < 0) {
            return pollMin;
        }
        return wanted.compareTo(pollMax) > 0 ? pollMax : wanted;
    }
}
