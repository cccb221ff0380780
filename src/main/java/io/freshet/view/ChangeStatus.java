package io.freshet.view;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a change.
 *
 * @param batch the number of its batch; none before it is planned
 * @param runs those of its batch
 */
public record ChangeStatus(Instant changedAt, Optional<Long> batch, RunCounts runs, Optional<Settled> settled) {

    /**
     * @param notSucceeded a JSON array as it is told, or empty
     * @param lastSuccess when the last good run ended
     */
    public record Settled(String outcome, String notSucceeded, Instant settledAt, Optional<Instant> lastSuccess) {}
}
