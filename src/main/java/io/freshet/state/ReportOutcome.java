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
 * @param reason one word for machines; absent where the outcome says it all
 */
public record ReportOutcome(
        Outcome outcome,
        Instant at,
        @Nullable String runToken,
        @Nullable String reason) {

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

    NotSucceeded told(ReportKey report) {
        return new NotSucceeded(
                report.reportToken(),
                report.kind().word(),
                outcome.word(),
                reason == null ? "run_" + outcome.word() : reason,
                runToken);
    }
}
