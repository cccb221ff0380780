package io.freshet.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of a batch: the same for each of its changes.
 *
 * @param notSucceeded at most {@value NotSucceeded#MOST} of what did not end well
 * @param lastSuccess when the last run that succeeded ended
 * @param data whether the datasets are fresh
 */
public record Settlement(
        ChangeOutcome outcome,
        RunCounts runs,
        List<NotSucceeded> notSucceeded,
        Optional<Instant> lastSuccess,
        DataFreshness data,
        Instant settledAt) {

    public Settlement {
        notSucceeded = List.copyOf(notSucceeded);
    }
}
