package io.freshet;

import io.freshet.event.ReportKey;
import io.freshet.ledger.Ledger;
import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Mode;
import io.freshet.mode.Permit;
import io.freshet.mode.ReportRun;
import io.freshet.refresh.Pace;
import io.freshet.refresh.Running;
import io.freshet.refresh.Transition;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Asks after an open run. */
@ApplicationScoped
class FollowRun {

    private final Ledger ledger;
    private final Pace pace;
    private final Clock clock;

    FollowRun(Ledger ledger, Pace pace, Clock clock) {
        this.ledger = ledger;
        this.pace = pace;
        this.clock = clock;
    }

    Uni<Void> take(ReportKey report, Running seen, Mode mode, Permit permit) {
        return mode.run(permit, report.reportToken(), seen.runToken())
                .flatMap(answer ->
                        ledger.step(report, Running.class, seen::isRun, running -> after(report, running, answer)))
                .replaceWithVoid();
    }

    private Transition after(ReportKey report, Running running, Answer<ReportRun> answer) {
        var now = clock.instant();
        return answer.fold(
                run -> running.seen(report, Sighting.of(run), now, pace),
                failure -> failure.kind() == Kind.NOT_FOUND
                        ? running.missing(report, now, pace)
                        : running.unanswered(report, now, pace));
    }
}
