package io.freshet.state;

import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunError;
import io.freshet.event.RunFinished;
import java.time.Instant;
import java.util.Optional;

/**
 * How a run came to its end.
 *
 * @param modeState as Mode said it
 * @param finishedAt as Mode said it, or else when that turned out
 * @param error why it failed, if that is known
 */
record RunEnd(Outcome outcome, String modeState, Instant finishedAt, Optional<RunError> error) {

    Transition of(ReportKey report, Running running, Instant now, ReportHistory remembered) {
        var request = running.request();
        var told = new RunFinished(
                report,
                remembered.name(),
                running.runToken(),
                request.datasetTokens(),
                request.causes(),
                outcome,
                modeState,
                running.acceptedAt(),
                running.adopted(),
                finishedAt,
                error);
        var end = ReportOutcome.of(told);
        var history = remembered.ended(request.causes(), running.adopted() ? end.found() : end);
        return Transition.to(ReportState.afterwards(history, running.next(), now), told);
    }
}
