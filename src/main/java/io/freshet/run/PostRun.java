package io.freshet.run;

import io.freshet.event.ReportKey;
import io.freshet.ledger.Ledger;
import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Mode;
import io.freshet.mode.Permit;
import io.freshet.mode.ReportRun;
import io.freshet.state.Posting;
import io.freshet.state.ReportState;
import io.freshet.state.TrackingPolicy;
import io.freshet.state.Transition;
import io.freshet.state.Waiting;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/** Posts the run that a report waits for: saves the intent, posts, saves and tells what came of it. */
@ApplicationScoped
class PostRun {

    /** If it is sure that Mode took nothing. */
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** If nobody knows: a run that was taken shows in the listing by then. */
    private static final Duration LOOK_AFTER = Duration.ofMillis(500);

    private final Ledger ledger;
    private final TrackingPolicy pace;
    private final Clock clock;

    PostRun(Ledger ledger, TrackingPolicy pace, Clock clock) {
        this.ledger = ledger;
        this.pace = pace;
        this.clock = clock;
    }

    Uni<Void> take(ReportKey report, Mode mode, Permit permit) {
        return mode.clock().wasAnswered() ? post(report, mode, permit) : learnModesClock(report, mode, permit);
    }

    /**
     * A run that nobody saw answered is known by when it was made, by Mode's clock. So that is heard before the first intent:
     * ours may be hours ahead. Any answer about the report will do; the step is taken again after it.
     */
    private Uni<Void> learnModesClock(ReportKey report, Mode mode, Permit permit) {
        return mode.report(permit, report.reportToken())
                .flatMap(answer -> mode.clock().wasAnswered()
                        ? Uni.createFrom().voidItem()
                        : ledger.step(report, Waiting.class, this::later).replaceWithVoid());
    }

    private Transition later(Waiting waiting) {
        return waiting.later(clock.instant().plus(RETRY));
    }

    private Uni<Void> post(ReportKey report, Mode mode, Permit permit) {
        return ledger.step(report, Waiting.class, waiting -> intend(waiting, mode))
                .flatMap(saved -> saved.flatMap(ReportState::ifPosting)
                        .map(posting -> post(report, posting, mode, permit))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** The intent, to be saved before {@link #post}. */
    Transition intend(Waiting waiting, Mode mode) {
        return waiting.posting(clock.instant(), mode.clock().earliestNow());
    }

    /**
     * What comes after the intent has been saved. This process may be halted in between, or take long to connect, and
     * whoever owns the report by then may have looked for the run already: a POST that left late would be a second one.
     */
    Uni<Void> post(ReportKey report, Posting intent, Mode mode, Permit permit) {
        var notAfter = intent.attemptedAt().plus(pace.leavesWithin());
        return RunsInMode.post(report, intent.request().datasetTokens(), mode, permit, notAfter)
                .flatMap(answer -> ledger.step(
                        report, Posting.class, intent::isAttempt, posting -> after(report, posting, answer)))
                .replaceWithVoid();
    }

    private Transition after(ReportKey report, Posting posting, Answer<ReportRun> answer) {
        return answer.fold(
                run -> posting.accepted(report, RunMapper.of(run), clock.instant(), pace),
                failure -> after(report, posting, failure));
    }

    private Transition after(ReportKey report, Posting posting, Failure<?> failure) {
        var now = clock.instant();
        if (failure.kind().isSurelyNotTaken()) {
            return posting.notTaken(now.plus(failure.pause().compareTo(RETRY) > 0 ? failure.pause() : RETRY));
        }
        return Refusals.of(report, failure)
                .map(refusal -> posting.refused(report, refusal, now))
                .orElseGet(() -> posting.unanswered(now, now.plus(LOOK_AFTER)));
    }
}
