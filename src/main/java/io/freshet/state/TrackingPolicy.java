package io.freshet.state;

import io.freshet.event.ReportKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How patient the following of runs is.
 *
 * @param pollMin shortest time between two questions about a run
 * @param pollMax longest time between two questions, and between two attempts to post
 * @param timeout an open run older than this is told as timed out
 * @param grace how long after an answer could last have come a run may still appear in Mode's listing
 * @param readTimeout how long an answer may take
 * @param vanishAfter how long a run that Mode knows no more is asked for again before it is told as failed
 * @param unclearAfter how long Mode may say nothing clear of an open run before it is told by what there is
 * @param giveUpAttempts at least so many attempts, and
 * @param giveUpAfter so much time since the first, before a request is told as given up
 */
public record TrackingPolicy(
        Duration pollMin,
        Duration pollMax,
        Duration timeout,
        Duration grace,
        Duration readTimeout,
        Duration vanishAfter,
        Duration unclearAfter,
        int giveUpAttempts,
        Duration giveUpAfter) {

    private static final Duration LEAVES_SOON = Duration.ofSeconds(1);

    /** How long after its intent a POST may leave: whoever looks for it must know when it could last have left. */
    public Duration leavesWithin() {
        var half = grace.dividedBy(2);
        return half.compareTo(LEAVES_SOON) > 0 ? half : LEAVES_SOON;
    }

    /** How long after its intent a POST may be answered. Connecting takes no longer: a POST that waits leaves no more. */
    Duration answeredWithin() {
        return leavesWithin().plus(readTimeout);
    }

    /** When to ask first: when the run is expected to end, where that is known. */
    Duration firstAsk(Optional<Duration> expected) {
        return expected.map(runtime -> clamp(runtime.plus(runtime.dividedBy(10))))
                .orElse(pollMin);
    }

    /** Until a run should have ended, but no shorter than this. */
    Duration pauseUntil(Instant end, Instant now, Duration shortest) {
        var rest = Duration.between(now, end);
        return clamp(rest.compareTo(shortest) > 0 ? rest : shortest);
    }

    /** Half as long again as the last time. */
    Duration nextAsk(Duration last) {
        return clamp(last.multipliedBy(3).dividedBy(2));
    }

    /** When to ask after a pause. No listing answers for a dataset's run, so nothing is won by asking later. */
    Instant askAfter(ReportKey report, Duration pause, Instant now) {
        return report.isDataset() ? now.plus(pause) : askTogether(pause, now);
    }

    /**
     * The same a little later, so that questions about different runs fall due together and one listing may answer them.
     * By at most a third of the pause, by no more than two of the shortest pauses, and never so that the pause is longer
     * than the longest.
     */
    Instant askTogether(Duration pause, Instant now) {
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

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    Duration clamp(Duration wanted) {
        if (wanted.compareTo(pollMin) < 0) {
            return pollMin;
        }
        return wanted.compareTo(pollMax) > 0 ? pollMax : wanted;
    }
}
