package io.freshet.refresh;

import static java.util.Objects.requireNonNull;

import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunFinished;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Mode has taken the run, and it is followed by its own token. It doesn't cover a change made known later.
 *
 * @param next what came in since the POST: exactly one follow-up, however much it is
 * @param askAt when to ask after the run
 * @param patience the pause before the question after that
 * @param missingSince since when Mode knows no such run; empty while it does
 */
public record Running(
        Wish wish,
        Optional<Wish> next,
        String runToken,
        Instant acceptedAt,
        boolean adopted,
        String modeState,
        Instant askAt,
        Duration patience,
        Optional<Instant> missingSince,
        Memory memory)
        implements Standing {

    public Running { // also when it is read back
        requireNonNull(wish, "wish");
        requireNonNull(next, "next");
        requireNonNull(runToken, "runToken");
        requireNonNull(acceptedAt, "acceptedAt");
        requireNonNull(modeState, "modeState");
        requireNonNull(askAt, "askAt");
        requireNonNull(patience, "patience");
        requireNonNull(missingSince, "missingSince");
        requireNonNull(memory, "memory");
    }

    /** What {@code mode_state} says of a run that Mode answers 404 for. */
    static final String NOT_FOUND = "not_found";

    @Override
    public Standing absorb(Wish more) {
        var following = Standing.news(memory, more)
                .map(news -> Standing.followUp(wish, next, news))
                .orElse(next);
        return following.equals(next) ? this : with(following, modeState, askAt, patience, missingSince);
    }

    /** Whether the other is the same run, whatever came in meanwhile. */
    public boolean isRun(Running other) {
        return runToken.equals(other.runToken);
    }

    /** Mode said how the run is. */
    public Transition seen(ReportKey report, Run run, Instant now, Pace pace) {
        return switch (run.verdict()) {
            case OPEN -> open(report, run.modeState(), now, pace);
            case SUCCEEDED -> {
                var end = end(run, now);
                yield finished(report, Outcome.SUCCEEDED, run.modeState(), end, now, tookUntil(end, run));
            }
            case FAILED -> finished(report, Outcome.FAILED, run.modeState(), end(run, now), now, memory);
            case CANCELLED -> finished(report, Outcome.CANCELLED, run.modeState(), end(run, now), now, memory);
        };
    }

    /** Mode knows no such run. That may be a passing fault, so it is told as failed only when Mode insists. */
    public Transition missing(ReportKey report, Instant now, Pace pace) {
        var since = missingSince.orElse(now);
        if (!now.isBefore(since.plus(pace.vanishAfter()))) {
            return finished(report, Outcome.FAILED, NOT_FOUND, now, now, memory);
        }
        return Transition.lightly(with(next, modeState, now.plus(pace.pollMin()), patience, Optional.of(since)));
    }

    /** No answer to the question; ask again later, unless it is too late. */
    public Transition unanswered(ReportKey report, Instant now, Pace pace) {
        return open(report, modeState, now, pace);
    }

    /** Somebody says that the run has ended: ask now. */
    public Transition hinted(Instant now) {
        return Transition.lightly(with(next, modeState, now, patience, missingSince));
    }

    private Transition open(ReportKey report, String state, Instant now, Pace pace) {
        if (!now.isBefore(acceptedAt.plus(pace.timeout()))) {
            return finished(report, Outcome.TIMED_OUT, state, now, now, memory);
        }
        var deadline = acceptedAt.plus(pace.timeout());
        var ask = now.plus(patience);
        return Transition.lightly(
                with(next, state, ask.isBefore(deadline) ? ask : deadline, pace.nextAsk(patience), Optional.empty()));
    }

    private Transition finished(
            ReportKey report, Outcome outcome, String state, Instant finishedAt, Instant now, Memory remembered) {
        var told = new RunFinished(
                report, runToken, wish.datasetTokens(), wish.causes(), outcome, state, acceptedAt, finishedAt);
        return Transition.to(Standing.afterwards(remembered.covering(wish), next, now), told);
    }

    /** Mode's word, where it has one; but clocks differ, and no run is told to have ended before it was accepted. */
    private Instant end(Run run, Instant now) {
        var said = run.completedAt().orElse(now);
        return said.isBefore(acceptedAt) ? acceptedAt : said;
    }

    private Memory tookUntil(Instant end, Run run) {
        var began = run.createdAt().orElse(acceptedAt);
        var ended = run.completedAt().orElse(end);
        return ended.isAfter(began) ? memory.tookFor(Duration.between(began, ended)) : memory;
    }

    private Running with(
            Optional<Wish> following, String state, Instant ask, Duration pause, Optional<Instant> missing) {
        return new Running(wish, following, runToken, acceptedAt, adopted, state, ask, pause, missing, memory);
    }

    @Override
    public Optional<Step> step() {
        return Optional.of(new Step(Step.Kind.ASK, askAt, askAt));
    }

    @Override
    public <T> T fold(
            Function<Settled, T> settled,
            Function<Waiting, T> waiting,
            Function<Posting, T> posting,
            Function<Running, T> running) {
        return running.apply(this);
    }
}
