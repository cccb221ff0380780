package io.freshet.run;

import io.freshet.event.ReportKey;
import io.freshet.event.RunError;
import io.freshet.mode.Answer;
import io.freshet.mode.Mode;
import io.freshet.mode.Permit;
import io.freshet.mode.QueryRun;
import io.freshet.mode.limit.Lane;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/**
 * Asks Mode why a run failed, once, before its end is told: the run itself doesn't say. The end comes first. If there is no
 * answer soon, for whatever reason, the run is told as failed without one.
 */
final class ExplainFailure {

    private static final Logger LOG = Logger.getLogger(ExplainFailure.class);
    /** From the wish to ask to the whole answer, with the wait for leave to call. */
    static final Duration WITHIN = Duration.ofSeconds(10);

    private final Clock clock;
    private final ScheduledExecutorService timer;

    ExplainFailure(Clock clock, ScheduledExecutorService timer) {
        this.clock = clock;
        this.timer = timer;
    }

    /** Never fails. */
    Uni<Optional<RunError>> of(ReportKey report, String run, Mode mode) {
        if (mode.trouble().isPresent()) {
            return nothing();
        }
        return mode.permit(Lane.ASK, clock.instant())
                .flatMap(permit -> ask(report, run, mode, permit))
                .ifNoItem()
                .after(WITHIN)
                .on(timer)
                .recoverWithUni(() -> unexplained(report, run, "no answer came within " + WITHIN))
                .onFailure()
                .recoverWithUni(failure -> unexplained(report, run, String.valueOf(failure.getMessage())));
    }

    private static Uni<Optional<RunError>> ask(ReportKey report, String run, Mode mode, Permit permit) {
        return mode.queryRuns(permit, report.reportToken(), run)
                .eventually(permit::giveBack)
                .flatMap(answer -> said(report, run, answer));
    }

    private static Uni<Optional<RunError>> said(ReportKey report, String run, Answer<List<QueryRun>> answer) {
        return answer.fold(
                queries -> Uni.createFrom().item(QueryRun.firstFailed(queries).flatMap(ExplainFailure::error)),
                failure -> unexplained(report, run, failure.toString()));
    }

    private static Optional<RunError> error(QueryRun query) {
        return RunError.of(query.errorCode(), query.errorMessage());
    }

    private static Uni<Optional<RunError>> unexplained(ReportKey report, String run, String cause) {
        LOG.debugf("run=unexplained report=%s run=%s cause=\"%s\"", report, run, cause);
        return nothing();
    }

    private static Uni<Optional<RunError>> nothing() {
        return Uni.createFrom().item(Optional.empty());
    }
}
