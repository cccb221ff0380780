package io.freshet.view;

import io.freshet.event.ChangeOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a change.
 *
 * @param batch the number of its batch; none before it is planned
 * @param isHeld whether it is open, and it or something of its batch waits for a release
 * @param runs those of its batch
 */
public record ChangeStatus(
        Instant changedAt, Optional<Long> batch, boolean isHeld, RunCounts runs, Optional<Settled> settled) {

    /**
     * @param notSucceeded a JSON array as it is told, or empty
     * @param data whether the datasets are fresh, as it is told
     * @param lastSuccess when the last good run ended
     */
    public record Settled(
            String outcome, String notSucceeded, String data, Instant settledAt, Optional<Instant> lastSuccess) {

        /** What Mode doesn't know or doesn't show, such as {@code data_source=TOKEN}, if that is the end. */
        Optional<String> refused() {
            if (!outcome.equals(ChangeOutcome.REFUSED.word())) {
                return Optional.empty();
            }
            var first = ToldEvent.known(notSucceeded).path(0);
            return Optional.of(first.path("kind").asText() + "="
                            + first.path("token").asText())
                    .filter(target -> first.has("token"));
        }

        /** From a change of the batch to the last good run, if all of them were; a change may be dated ahead. */
        public Optional<Duration> freshness(Instant changedAt) {
            return lastSuccess
                    .filter(last -> outcome.equals("succeeded"))
                    .map(last -> changedAt.isBefore(last) ? Duration.between(changedAt, last) : Duration.ZERO);
        }
    }
}
