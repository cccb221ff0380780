package io.freshet.run;

import io.freshet.event.Presentation;
import io.freshet.event.ReportKey;
import io.freshet.event.RunError;
import io.freshet.event.RunHint;
import io.freshet.ledger.Ledger;
import io.freshet.ledger.LedgerEntry;
import io.freshet.mode.Answer;
import io.freshet.mode.FullReport;
import io.freshet.mode.Mode;
import io.freshet.mode.Permit;
import io.freshet.mode.ReportRun;
import io.freshet.state.Run;
import io.freshet.state.Running;
import io.freshet.state.TrackingPolicy;
import io.freshet.state.Transition;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/** Takes the step that an answer about an open run leads to, wherever Mode has shown the run. */
@ApplicationScoped
class FollowRun {

    private final Ledger ledger;
    private final TrackingPolicy pace;
    private final Clock clock;
    private final RunVerdict verdict;
    private final ExplainFailure explainFailure;

    FollowRun(
            Ledger ledger,
            TrackingPolicy pace,
            Presentation presentation,
            Clock clock,
            @Identifier("timer") ScheduledExecutorService timer) {
        this.ledger = ledger;
        this.pace = pace;
        this.clock = clock;
        this.verdict = new RunVerdict(pace, presentation, clock);
        this.explainFailure = new ExplainFailure(clock, timer);
    }

    /**
     * Asks for the run by itself, the only answer that tells of a failure. If that has said nothing clear for too long, the
     * report's runs are listed instead, and what they show is the end of it.
     */
    Uni<Void> ofRun(ReportKey report, Running seen, Mode mode, Permit permit) {
        return verdict.isOverdue(report, seen)
                ? RunsInMode.list(report, mode, permit, verdict.listedSince(seen, mode))
                        .flatMap(answer -> explained(report, seen, mode, RunMapper.shown(answer, seen))
                                .flatMap(why -> step(
                                        report,
                                        seen,
                                        running -> verdict.ofListing(report, running, mode, answer, why))))
                : mode.run(permit, report.reportToken(), seen.runToken())
                        .flatMap(answer -> explained(report, seen, mode, RunMapper.shown(answer))
                                .flatMap(why -> step(
                                        report, seen, running -> verdict.ofRun(report, running, mode, answer, why))));
    }

    /** Why it failed, if that is what Mode showed. */
    private Uni<Optional<RunError>> explained(ReportKey report, Running seen, Mode mode, Optional<ReportRun> shown) {
        return shown.map(RunMapper::of).filter(Run::hasFailed).isPresent()
                ? explainFailure.of(report, seen.runToken(), mode)
                : Uni.createFrom().item(Optional.empty());
    }

    /** Its report was asked for. */
    Uni<Void> ofReport(ReportKey report, Running seen, Mode mode, Answer<FullReport> answer) {
        return answer.fold(
                row -> listed(report, seen, row),
                failure -> step(report, seen, running -> verdict.ofFailure(report, running, mode, failure)));
    }

    /** Mode showed its report: a row tells of a good end, and of nothing else. */
    Uni<Void> listed(ReportKey report, Running seen, FullReport row) {
        return step(report, seen, running -> verdict.ofRow(report, running, row));
    }

    /** Whether a row is enough for now. If not, the run is asked for by itself. */
    boolean isAnswered(Running running, FullReport row) {
        return running.mayBeListed(clock.instant(), pace)
                || RunMapper.of(row, running).isPresent();
    }

    Uni<Void> unanswered(ReportKey report, Running seen) {
        return step(report, seen, running -> running.unanswered(report, clock.instant(), pace));
    }

    Uni<Void> hinted(RunHint hint) {
        return ledger.enter(List.of(askSooner(hint))).replaceWithVoid();
    }

    /** To be entered where the hint has come from the inbox. */
    LedgerEntry askSooner(RunHint hint) {
        return new LedgerEntry.StateChange(hint.report(), state -> Optional.of(state)
                .filter(Running.class::isInstance)
                .map(Running.class::cast)
                .filter(running -> running.runToken().equals(hint.runToken()))
                .map(running -> running.hinted(clock.instant())));
    }

    private Uni<Void> step(ReportKey report, Running seen, Function<Running, Transition> after) {
        return ledger.step(report, Running.class, seen::isRun, after).replaceWithVoid();
    }
}
