package io.freshet.state;

import static java.util.Objects.requireNonNull;

import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Mode has taken the run, and it is followed by its own token. It doesn't cover a change made known later.
 *
 * @param next what came in since the POST: exactly one follow-up, however much it is
 * @param askAt when to ask after the run
 * @param pollInterval the pause before the question after that
 * @param missingSince since when Mode knows no such run; empty while it does
 * @param listedSince since when only listings have answered for the run, which tell of good ends alone; empty where it
 *     was asked after by itself last
 */
public record Running(
        RefreshRequest request,
        Optional<RefreshRequest> next,
        String runToken,
        Instant acceptedAt,
        boolean adopted,
        String modeState,
        Instant askAt,
        Duration pollInterval,
        Optional<Instant> missingSince,
        Optional<Instant> listedSince,
        ReportHistory memory)
        implements ReportState {

    public Running { // also when it is read back
        requireNonNull(request, "request");
        requireNonNull(next, "next");
        requireNonNull(runToken, "runToken");
        requireNonNull(acceptedAt, "acceptedAt");
        requireNonNull(modeState, "modeState");
        requireNonNull(askAt, "askAt");
        requireNonNull(pollInterval, "pollInterval");
        requireNonNull(missingSince, "missingSince");
        requireNonNull(listedSince, "listedSince");
        requireNonNull(memory, "memory");
    }

    /** What {@code mode_state} says of a run that Mode answers 404 for. */
    static final String NOT_FOUND = "not_found";

    @Override
    public ReportState with(RefreshRequest more) {
        return with(ReportState.followUp(next, more), memory);
    }

    @Override
    public Running with(ReportHistory history) {
        return with(next, history);
    }

    private Running with(Optional<RefreshRequest> following, ReportHistory history) {
        return new Running(
                request,
                following,
                runToken,
                acceptedAt,
                adopted,
                modeState,
                askAt,
                pollInterval,
                missingSince,
                listedSince,
                history);
    }

    /** Whether the other is the same run, whatever came in meanwhile. */
    public boolean isRun(Running other) {
        return runToken.equals(other.runToken);
    }

    /**
     * Mode said how the run is.
     *
     * @param age of the run by Mode's clock, where that is known: ours may be hours ahead
     */
    public Transition seen(ReportKey report, Run run, Optional<Duration> age, Instant now, TrackingPolicy pace) {
        return switch (run.status()) {
            case OPEN ->
                isTooOld(age, now, pace)
                        ? finished(report, Outcome.TIMED_OUT, run.modeState(), now)
                        : askAgain(report, run.modeState(), Optional.empty(), now, pace);
            case SUCCEEDED ->
                finished(
                        report,
                        Outcome.SUCCEEDED,
                        run,
                        now,
                        run.took(acceptedAt, now).map(memory::tookFor).orElse(memory));
            case FAILED -> finished(report, Outcome.FAILED, run, now, memory);
            case CANCELLED -> finished(report, Outcome.CANCELLED, run, now, memory);
        };
    }

    private boolean isTooOld(Optional<Duration> age, Instant now, TrackingPolicy pace) {
        return !now.isBefore(acceptedAt.plus(pace.timeout()))
                && age.filter(old -> old.compareTo(pace.timeout()) < 0).isEmpty();
    }

    /** Mode knows no such run. That may be a passing fault, so it is told as failed only when Mode insists. */
    public Transition missing(ReportKey report, Instant now, TrackingPolicy pace) {
        var since = missingSince.orElse(now);
        if (!now.isBefore(since.plus(pace.vanishAfter()))) {
            return finished(report, Outcome.FAILED, NOT_FOUND, now);
        }
        return Transition.notPersisted(
                with(modeState, now.plus(pace.pollMin()), pollInterval, Optional.of(since), Optional.empty(), memory));
    }

    /** No answer to the question. However late it is, the run isn't given up before Mode has shown it once more. */
    public Transition unanswered(ReportKey report, Instant now, TrackingPolicy pace) {
        return askAgain(report, modeState, listedSince, now, pace);
    }

    /** It came to its end now, as far as anybody will know. */
    public Transition finished(ReportKey report, Outcome outcome, String state, Instant now) {
        return new RunEnd(outcome, state, now, Optional.empty()).of(report, this, now, memory);
    }

    /**
     * Whether a listing, or the report itself, may answer the next question. Neither tells a run that has failed from one that is
     * open. So the run is asked after by itself now and then, if Mode didn't know it, and before it is given up.
     */
    public boolean mayBeListed(Instant now, TrackingPolicy pace) {
        var isTooLong = listedSince
                .filter(since -> !now.isBefore(since.plus(
                        pace.listedFor(memory.expectedRuntime(request), Duration.between(acceptedAt, since)))))
                .isPresent();
        return missingSince.isEmpty() && !isTooLong && now.isBefore(acceptedAt.plus(pace.timeout()));
    }

    /**
     * A listing doesn't show that the run has ended well: it is open, or has ended otherwise. Since when that is all that is
     * known is saved: if each owner counted anew, and owners changed often, none would ever ask for the run by itself.
     *
     * @param expected what Mode expects a run of this report to take, where it says so
     */
    public Transition unlisted(Optional<Duration> expected, Instant now, TrackingPolicy pace) {
        var known = Optional.ofNullable(memory.runtime()).or(() -> expected);
        var remembered = known.map(memory::tookFor).orElse(memory);
        var end = acceptedAt.plus(pace.firstAsk(remembered.expectedRuntime(request)));
        var pause = pace.pauseUntil(end, now, pollInterval);
        var ask = TrackingPolicy.earlier(pace.askTogether(pause, now), acceptedAt.plus(pace.timeout()));
        var since = Optional.of(listedSince.orElse(now));
        var open = with(modeState, ask, pace.nextAsk(pollInterval), missingSince, since, remembered);
        return listedSince.isPresent() ? Transition.notPersisted(open) : Transition.to(open);
    }

    /** Somebody says that the run has ended. */
    public Transition hinted(Instant now) {
        return Transition.notPersisted(with(modeState, now, pollInterval, missingSince, listedSince, memory));
    }

    private Transition askAgain(ReportKey of, String state, Optional<Instant> since, Instant now, TrackingPolicy pace) {
        var deadline = acceptedAt.plus(pace.timeout());
        var next = pace.askAfter(of, pollInterval, now);
        var ask = now.isBefore(deadline) ? TrackingPolicy.earlier(next, deadline) : next;
        return Transition.notPersisted(with(state, ask, pace.nextAsk(pollInterval), Optional.empty(), since, memory));
    }

    private Transition finished(ReportKey report, Outcome outcome, Run run, Instant now, ReportHistory remembered) {
        return new RunEnd(outcome, run.modeState(), run.endedAt(acceptedAt, now), run.error())
                .of(report, this, now, remembered);
    }

    private Running with(
            String state,
            Instant ask,
            Duration pause,
            Optional<Instant> missing,
            Optional<Instant> listed,
            ReportHistory remembered) {
        return new Running(
                request, next, runToken, acceptedAt, adopted, state, ask, pause, missing, listed, remembered);
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
