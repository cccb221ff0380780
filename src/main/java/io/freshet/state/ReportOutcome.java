package io.freshet.state;

import io.freshet.event.NotSucceeded;
import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.event.RunFinished;
import io.freshet.event.RunRejected;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a report came to its end for the batches that it carried.
 *
 * @param at when its run ended, or was rejected
 * @param runToken absent where there is no run
 * @param reason one word for machines; absent where the outcome says it all. That a run which succeeded was found in Mode,
 *     it says as well.
 */
public record ReportOutcome(
        Outcome outcome,
        Instant at,
        @Nullable String runToken,
        @Nullable String reason) {

    private static final String FOUND = "found";

    /** Empty where the event tells of no end. */
    public static Optional<ReportOutcome> of(RunEvent event) {
        return event.fold(accepted -> Optional.empty(), run -> Optional.of(of(run)), run -> Optional.of(of(run)));
    }

    static ReportOutcome of(RunFinished run) {
        return new ReportOutcome(run.outcome(), run.finishedAt(), run.runToken(), null);
    }

    static ReportOutcome of(RunRejected rejection) {
        return new ReportOutcome(Outcome.REJECTED, rejection.rejectedAt(), null, rejection.reason());
    }

    /** The same of a run that was found in Mode: perhaps it isn't the one that was posted. */
    ReportOutcome found() {
        return outcome == Outcome.SUCCEEDED ? new ReportOutcome(outcome, at, runToken, FOUND) : this;
    }

    boolean wasFound() {
        return FOUND.equals(reason);
    }

    NotSucceeded told(ReportKey report) {
        return new NotSucceeded(
                report.reportToken(),
                report.kind().word(),
                outcome.word(),
                reason == null ? "run_" + outcome.word() : reason,
                runToken);
    }
}
