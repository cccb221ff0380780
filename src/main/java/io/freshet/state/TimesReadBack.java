package io.freshet.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What was saved may be by a clock that was hours ahead, and nothing is to wait for hours. So what is past was now at the
 * latest, and what is due is due after its own pause, or the longest one, at the latest.
 */
record TimesReadBack(Instant now, Instant latestDue, Instant latestAnswer) {

    static ReportState of(ReportState saved, Instant now, TrackingPolicy pace) {
        var times = new TimesReadBack(now, now.plus(pace.pollMax()), now.plus(pace.readTimeout()));
        var memory = saved.memory().readBack(now);
        var counting = memory.equals(saved.memory()) ? saved : saved.with(memory);
        var readBack = counting.<ReportState>fold(times::of, times::of, times::of, times::of);
        return readBack.equals(saved) ? saved : readBack;
    }

    private Settled of(Settled settled) {
        return new Settled(settled.memory(), past(settled.since()));
    }

    /** What was never posted in vain has nothing to wait for but its turn. */
    private Waiting of(Waiting waiting) {
        var notBefore = waiting.attempts().equals(Attempts.NONE) ? past(waiting.notBefore()) : due(waiting.notBefore());
        return new Waiting(waiting.request(), notBefore, of(waiting.attempts()), waiting.memory());
    }

    /**
     * By this clock nobody knows how long ago the attempt was: who made it may have a clock that was behind. But it has left by
     * now, if at all. For the same reason it says nothing how long another has waited for an answer, or meant to wait.
     */
    private Posting of(Posting posting) {
        return new Posting(
                posting.request(),
                posting.next(),
                past(posting.attemptedAt()),
                posting.notCreatedBefore(), // by Mode's clock
                Optional.of(latestAnswer),
                past(posting.lookAt()),
                of(posting.attempts()),
                posting.memory());
    }

    /**
     * For how long Mode hasn't known it, by the clock of another, isn't known either. Both its times are by one clock, so that it is
     * known how long it may be left alone.
     */
    private Running of(Running running) {
        return new Running(
                running.request(),
                running.next(),
                running.runToken(),
                past(running.acceptedAt()),
                running.adopted(),
                running.modeState(),
                due(past(running.acceptedAt()).plus(Duration.between(running.acceptedAt(), running.askAt()))),
                running.pollInterval(),
                running.missingSince().map(since -> now),
                running.listedSince().map(this::past),
                running.memory());
    }

    private Attempts of(Attempts attempts) {
        return new Attempts(
                attempts.count(),
                Optional.ofNullable(attempts.since()).map(this::past).orElse(null));
    }

    private Instant past(Instant said) {
        return earlier(said, now);
    }

    private Instant due(Instant said) {
        return earlier(said, latestDue);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
