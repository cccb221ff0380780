package io.freshet.state;

import static java.util.Objects.requireNonNull;

import io.freshet.event.ReportKey;
import io.freshet.event.RunAccepted;
import io.freshet.event.RunRejected;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A POST is about to leave, or has left and nobody knows what became of it.
 *
 * @param request what the POST says; no later request joins it
 * @param next what came in meanwhile
 * @param attemptedAt when the intent was saved
 * @param notCreatedBefore by Mode's clock: an older run can't be ours
 * @param graceFrom when it turned out that no answer comes; absent while one may come, as for all that a crash finds
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

    /** Mode refused it for good. */
    public Transition refused(ReportKey report, Refusal refusal, Instant now) {
        var told = new RunRejected(
                report,
                request.datasetTokens(),
                request.causes(),
                refusal.reason(),
                refusal.status(),
                refusal.message(),
                now);
        return Transition.to(
                ReportState.afterwards(memory.ended(request.causes(), ReportOutcome.of(told)), next, now), told);
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
        return pace.clamp(Duration.between(graceFrom.orElse(attemptedAt), now).dividedBy(2));
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
     * that times out after 30 s has used up any shorter time. Then the request waits to be posted again.
     *
     * @param askedAt what came to be later isn't in the listing, however late that is read
     */
    public Transition listed(ReportKey report, List<Run> runs, Instant askedAt, Instant now, TrackingPolicy pace) {
        var earliest = notOlderThanLast(runs);
        var ours = runs.stream().filter(run -> canBeOurs(run, earliest)).min(Comparator.comparing(run -> run.createdAt()
                .orElseThrow()));
        if (ours.isPresent()) {
            return running(report, ours.get(), now, true, pace);
        }
        var settledAt = graceFrom
                .orElseGet(() -> attemptedAt.plus(pace.answeredWithin()))
                .plus(pace.grace());
        if (askedAt.isBefore(settledAt)) {
            return lookAgain(TrackingPolicy.earlier(settledAt, now.plus(pauseToLook(now, pace))));
        }
        var failed = attempts.oneMore(attemptedAt);
        if (failed.tooLong(now, pace)) {
            return refused(report, Refusal.gaveUp(failed), now);
        }
        return Transition.to(waiting(now.plus(failed.pause(pace)), failed));
    }

    /**
     * Whether a run may be the effect of this POST. What can't be told is a run by a person, in the seconds between the
     * attempt and the look, where Mode shows neither who ran it nor which datasets: it is taken for ours.
     */
    private boolean canBeOurs(Run run, Instant earliest) {
        return run.createdAt().filter(at -> !at.isBefore(earliest)).isPresent()
                && !run.token().equals(memory.lastRun())
                && (memory.executedBy() == null
                        || run.executedBy().map(memory.executedBy()::equals).orElse(true))
                && run.datasetTokens()
                        .map(tokens -> tokens.equals(request.datasetTokens()))
                        .orElse(true);
    }

    /** Where runs are short, {@link #notCreatedBefore} with its tolerance lets in more of ours than the last one. */
    private Instant notOlderThanLast(List<Run> runs) {
        return runs.stream()
                .filter(run -> run.token().equals(memory.lastRun()))
                .findFirst()
                .flatMap(Run::createdAt)
                .filter(notCreatedBefore::isBefore)
                .orElse(notCreatedBefore);
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
                adopted ? now : pace.askAfter(pause, now),
                pace.pollMin(),
                Optional.empty(),
                Optional.empty(),
                memory.ofRun(run));
        return Transition.to(
                to,
                new RunAccepted(report, run.token(), request.datasetTokens(), request.causes(), acceptedAt, adopted));
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
