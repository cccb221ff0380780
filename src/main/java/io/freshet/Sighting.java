package io.freshet;

import io.freshet.mode.ReportRun;
import io.freshet.refresh.Run;

/** A run as Mode shows it, in the words of the state machine. */
final class Sighting {

    private Sighting() {}

    static Run of(ReportRun run) {
        return new Run(
                run.token(),
                run.state(),
                verdict(run),
                run.createdAt(),
                run.completedAt(),
                run.executedBy(),
                run.datasetTokens());
    }

    private static Run.Verdict verdict(ReportRun run) {
        if (run.hasSucceeded()) {
            return Run.Verdict.SUCCEEDED;
        }
        if (run.hasFailed()) {
            return Run.Verdict.FAILED;
        }
        return run.wasCancelled() ? Run.Verdict.CANCELLED : Run.Verdict.OPEN;
    }
}
