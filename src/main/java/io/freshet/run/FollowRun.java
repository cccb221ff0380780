package io.freshet.run;

import io.freshet.event.ReportKey;
import io.freshet.event.RunHint;
import io.freshet.ledger.Ledger;
import io.freshet.ledger.LedgerEntry;
import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.FullReport;
import io.freshet.mode.Mode;
import io.freshet.mode.Permit;
import io.freshet.mode.ReportRun;
import io.freshet.state.Running;
import io.freshet.state.TrackingPolicy;
import io.freshet.state.Transition;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes the step that an answer about an open run leads to, wherever Mode has shown the run. */
@ApplicationScoped
class FollowRun {

    private final Ledger ledger;
    private final TrackingPolicy pace;
    private final Clock clock;

    FollowRun(Ledger ledger, TrackingPolicy pace, Clock clock) {
        this.ledger = ledger;
        this.pace = pace;
        this.clock = clock;
    }

    /** Asks for the run by itself, the only answer that tells of a failure. */
    Uni<Void> ofRun(ReportKey report, Running seen, Mode mode, Permit permit) {
        return mode.run(permit, report.reportToken(), seen.runToken())
                .flatMap(answer -> step(report, seen, running -> after(report, running, answer)));
    }

    /** Its report was asked for. */
    Uni<Void> ofReport(ReportKey report, Running seen, Answer<FullReport> answer) {
        return answer.fold(
                row -> listed(report, seen, row),
                failure -> step(report, seen, running -> after(report, running, failure)));
    }

    /** Mode showed its report: a row tells of a good end, and of nothing else. */
    Uni<Void> listed(ReportKey report, Running seen, FullReport row) {
        return step(report, seen, running -> after(report, running, row));
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

    private Transition after(ReportKey report, Running running, Answer<ReportRun> answer) {
        return answer.fold(
                run -> running.seen(report, RunMapper.of(run), clock.instant(), pace),
                failure -> after(report, running, failure));
    }

    private Transition after(ReportKey report, Running running, Failure<?> failure) {
        var now = clock.instant();
        return failure.kind() == Kind.NOT_FOUND
                ? running.missing(report, now, pace)
                : running.unanswered(report, now, pace);
    }

    private Transition after(ReportKey report, Running running, FullReport row) {
        var now = clock.instant();
        return RunMapper.of(row, running)
                .map(run -> running.seen(report, run, now, pace))
                .orElseGet(() -> running.unlisted(row.expectedRuntime(), now, pace));
    }
}
