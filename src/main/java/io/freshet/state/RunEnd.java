package io.freshet.state;

import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunFinished;
import java.time.Instant;

/**
 * How a run came to its end.
 *
 * @param modeState as Mode said it
 * @param finishedAt as Mode said it, or else when that turned out
 */
record RunEnd(Outcome outcome, String modeState, Instant finishedAt) {

    Transition of(ReportKey report, Running running, Instant now, ReportHistory remembered) {
        var request = running.request();
        var told = new RunFinished(
                report,
                running.runToken(),
                request.datasetTokens(),
                request.causes(),
                outcome,
                modeState,
                running.acceptedAt(),
                finishedAt);
        var end = ReportOutcome.of(told);
        var history = remembered.ended(request.causes(), running.adopted() ? end.found() : end);
        return Transition.to(ReportState.afterwards(history, running.next(), now), told);
    }
}
