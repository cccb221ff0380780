package io.freshet.run;

import io.freshet.event.ReportKey;
import io.freshet.ledger.Ledger;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Mode;
import io.freshet.mode.Permit;
import io.freshet.state.ListedRuns;
import io.freshet.state.Posting;
import io.freshet.state.Refusal;
import io.freshet.state.TrackingPolicy;
import io.freshet.state.Transition;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Finds out whether a POST that nobody saw answered had its effect, by looking for its run in Mode. */
@ApplicationScoped
class ReconcileRun {

    private final Ledger ledger;
    private final TrackingPolicy pace;
    private final Clock clock;

    ReconcileRun(Ledger ledger, TrackingPolicy pace, Clock clock) {
        this.ledger = ledger;
        this.pace = pace;
        this.clock = clock;
    }

    Uni<Void> take(ReportKey report, Posting seen, Mode mode, Permit permit) {
        var askedAt = clock.instant();
        return RunsInMode.list(report, mode, permit, seen.notCreatedBefore())
                .flatMap(answer -> ledger.step(
                        report,
                        Posting.class,
                        seen::isAttempt,
                        posting -> answer.fold(
                                runs -> posting.listed(
                                        report,
                                        new ListedRuns(
                                                runs.stream().map(RunMapper::of).toList(), mode.executor()),
                                        askedAt,
                                        clock.instant(),
                                        pace),
                                failure -> notListed(report, posting, mode, failure))))
                .replaceWithVoid();
    }

    private Transition notListed(ReportKey report, Posting posting, Mode mode, Failure<?> failure) {
        var now = clock.instant();
        var refusal = Refusals.of(report, failure);
        if (refusal.isPresent()) {
            return posting.refused(report, refusal.get(), now);
        }
        return mode.trouble().isEmpty() && posting.isUnlistedForTooLong(now, pace)
                ? posting.refused(report, Refusal.neverListed(failure.message()), now)
                : posting.notListed(now, pace);
    }
}
