package io.freshet.run;

import io.freshet.mode.Answer;
import io.freshet.mode.FullReport;
import io.freshet.mode.ReportRun;
import io.freshet.state.Run;
import io.freshet.state.Running;
import java.util.List;
import java.util.Optional;

/** Translates a run as Mode shows it for the state machine. */
final class RunMapper {

    private RunMapper() {}

    static Run of(ReportRun run) {
        return of(run, status(run));
    }

    /** Taken at its word that it is completed. */
    static Run succeeded(ReportRun run) {
        return of(run, Run.Status.SUCCEEDED);
    }

    /** The run, if Mode showed it. */
    static Optional<ReportRun> shown(Answer<ReportRun> answer) {
        return answer.fold(Optional::of, failure -> Optional.empty());
    }

    /** The run, if the listing has it. */
    static Optional<ReportRun> shown(Answer<List<ReportRun>> listing, Running running) {
        return listing.fold(
                runs -> runs.stream()
                        .filter(run -> run.token().equals(running.runToken()))
                        .findFirst(),
                failure -> Optional.empty());
    }

    private static Run of(ReportRun run, Run.Status status) {
        return new Run(
                run.token(),
                run.state(),
                status,
                run.createdAt(),
                run.completedAt(),
                run.executedBy(),
                run.datasetTokens());
    }

    /** Empty if the report's row doesn't tell that this run ended well: then it is open, or failed, or was cancelled. */
    static Optional<Run> of(FullReport row, Running running) {
        return row.lastSuccessfulRun()
                .filter(running.runToken()::equals)
                .map(token -> new Run(
                        token,
                        "succeeded",
                        Run.Status.SUCCEEDED,
                        Optional.empty(),
                        row.lastSuccessfullyRunAt(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static Run.Status status(ReportRun run) {
        if (run.hasSucceeded()) {
            return Run.Status.SUCCEEDED;
        }
        if (run.hasFailed()) {
            return Run.Status.FAILED;
        }
        return run.wasCancelled() ? Run.Status.CANCELLED : Run.Status.OPEN;
    }
}
