package io.freshet.state;

import static java.util.Objects.requireNonNull;

import io.freshet.event.ReportKey;
import io.freshet.event.RunAccepted;
import io.freshet.event.RunRejected;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A POST is about to leave, or has left and nobody knows what became of it.
 *
 * @param request what the POST says; no later request joins it
 * @param next what came in meanwhile
 * @param attemptedAt when the intent was saved
 * @param notCreatedBefore by Mode's clock: an older run can't be ours
 * @param graceFrom when it turned out, or will, that no answer comes; absent where this replica waits for one
 * @param lookAt when to look for the run in Mode, where no answer to the POST comes
 */
public record Posting(
        RefreshRequest request,
        Optional<RefreshRequest> next,
        Instant attemptedAt,
        Instant notCreatedBefore,
        Optional<Instant> graceFrom,
        Instant lookAt,
        Attempts attempts,
        ReportHistory memory)
        implements ReportState {

    public Posting { // also when it is read back
        requireNonNull(request, "request");
        requireNonNull(next, "next");
        requireNonNull(attemptedAt, "attemptedAt");
        requireNonNull(notCreatedBefore, "notCreatedBefore");
        requireNonNull(graceFrom, "graceFrom");
        requireNonNull(lookAt, "lookAt");
        requireNonNull(attempts, "attempts");
        requireNonNull(memory, "memory");
    }

    @Override
    public ReportState with(RefreshRequest more) {
        var following = ReportState.followUp(next, more);
        return new Posting(request, following, attemptedAt, notCreatedBefore, graceFrom, lookAt, attempts, memory);
    }

    @Override
    public ReportState with(ReportHistory history) {
        return new Posting(request, next, attemptedAt, notCreatedBefore, graceFrom, lookAt, attempts, history);
    }

    /** Whether the other is the same attempt, whatever came in meanwhile. */
    public boolean isAttempt(Posting other) {
        return attemptedAt.equals(other.attemptedAt);
    }

    /** Mode took it. */
    public Transition accepted(ReportKey report, Run run, Instant now, TrackingPolicy pace) {
        return running(report, run, now, false, pace);
    }

    /**
     * It will never be. What came in meanwhile is refused with it if it is a dataset that Mode won't run: that would be said for
     * each change. Any other refusal is of this one attempt.
     */
    public Transition refused(ReportKey report, Refusal refusal, Instant now) {
        var isWhole = report.isDataset() && refusal.lasts();
        var refused = isWhole ? next.map(request::and).orElse(request) : request;
        var told = new RunRejected(
                report,
                memory.name(),
                refused.datasetTokens(),
                refused.causes(),
                refusal.reason(),
                refusal.status(),
                refusal.message(),
                now);
        var remembered = isWhole ? memory.refused(now) : memory;
        var ended = remembered.ended(refused.causes(), ReportOutcome.of(told));
        return Transition.to(ReportState.afterwards(ended, isWhole ? Optional.empty() : next, now), told);
    }

    /** It is sure that Mode did not take it: throttled, not connected, credential refused. No attempt was made. */
    public Transition notTaken(Instant retryAt) {
        return Transition.to(waiting(retryAt, attempts));
    }

    /** No answer will come, and nobody knows whether Mode took it. */
    public Transition unanswered(Instant now, Instant lookAt) {
        return Transition.to(looking(Optional.of(now), lookAt));
    }

    /** The listing could not be had; look again, after a pause that grows with the time that has passed. */
    public Transition notListed(Instant now, TrackingPolicy pace) {
        return lookAgain(now.plus(pauseToLook(now, pace)));
    }

    private Duration pauseToLook(Instant now, TrackingPolicy pace) {
        var since = graceFrom.filter(from -> !from.isAfter(now)).orElse(attemptedAt);
        return pace.clamp(Duration.between(since, now).dividedBy(2));
    }

    /** Mode has shown no listing for so long that it won't. */
    public boolean isUnlistedForTooLong(Instant now, TrackingPolicy pace) {
        return !now.isBefore(graceFrom.orElse(attemptedAt).plus(pace.giveUpAfter()));
    }

    private Transition lookAgain(Instant at) {
        return Transition.notPersisted(looking(graceFrom, at));
    }

    private Posting looking(Optional<Instant> since, Instant at) {
        return new Posting(request, next, attemptedAt, notCreatedBefore, since, at, attempts, memory);
    }

    /**
     * The report's runs as Mode lists them. One that can be ours is adopted. Where there is none, the listing is
     * trusted only if it was asked for {@link TrackingPolicy#grace()} after an answer could last have come: an answer
     * that times out after 30 s has used up any shorter time. Then one that may be ours goes for it, or else the request
     * waits to be posted again.
     *
     * @param askedAt what came to be later isn't in the listing, however late that is read
     */
    public Transition listed(ReportKey report, ListedRuns runs, Instant askedAt, Instant now, TrackingPolicy pace) {
        var ours = runs.ours(this);
        if (ours.isPresent()) {
            return running(report, ours.get(), now, true, pace);
        }
        var settledAt = graceFrom
                .orElseGet(() -> attemptedAt.plus(pace.answeredWithin()))
                .plus(pace.grace());
        if (askedAt.isBefore(settledAt)) {
            return lookAgain(TrackingPolicy.earlier(settledAt, now.plus(pauseToLook(now, pace))));
        }
        return runs.perhapsOurs(this)
                .map(run -> running(report, run, now, true, pace))
                .orElseGet(() -> notTakenAfterAll(report, now, pace));
    }

    private Transition notTakenAfterAll(ReportKey report, Instant now, TrackingPolicy pace) {
        var failed = attempts.oneMore(attemptedAt);
        if (failed.tooLong(now, pace)) {
            return refused(report, Refusal.gaveUp(failed), now);
        }
        return Transition.to(waiting(now.plus(failed.pause(pace)), failed));
    }

    private Transition running(ReportKey report, Run run, Instant now, boolean adopted, TrackingPolicy pace) {
        var acceptedAt = adopted ? run.createdBetween(attemptedAt, now) : now;
        var pause = pace.firstAsk(memory.expectedRuntime(request));
        var to = new Running(
                request,
                next,
                run.token(),
                acceptedAt,
                adopted,
                run.modeState(),
                adopted ? now : pace.askAfter(report, pause, now),
                pace.pollMin(),
                Optional.empty(),
                Optional.empty(),
                memory.ofRun(run));
        return Transition.to(
                to,
                new RunAccepted(
                        report,
                        memory.name(),
                        run.token(),
                        request.datasetTokens(),
                        request.causes(),
                        acceptedAt,
                        adopted));
    }

    private Waiting waiting(Instant notBefore, Attempts failed) {
        return new Waiting(next.map(request::and).orElse(request), notBefore, failed, memory);
    }

    @Override
    public Optional<Step> step() {
        return Optional.of(new Step(Step.Kind.RECONCILE, lookAt, request.priority()));
    }

    @Override
    public <T> T fold(
            Function<Settled, T> settled,
            Function<Waiting, T> waiting,
            Function<Posting, T> posting,
            Function<Running, T> running) {
        return posting.apply(this);
    }
}
