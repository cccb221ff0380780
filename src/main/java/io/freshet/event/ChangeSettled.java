package io.freshet.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** A change has come to its end: nothing more follows from it. */
public record ChangeSettled(BatchKey batch, ChangeRef change, Settlement settlement) implements BatchEvent {

    /** From the change to the end of the last run that shows it; only where all succeeded. */
    public Optional<Duration> freshness() {
        return settlement.outcome() == ChangeOutcome.SUCCEEDED
                ? settlement.lastSuccess().map(this::since)
                : Optional.empty();
    }

    /** A change may be dated ahead. */
    private Duration since(Instant end) {
        return change.changedAt().isBefore(end) ? Duration.between(change.changedAt(), end) : Duration.ZERO;
    }

    @Override
    public <T> T fold(Function<ChangePlanned, T> planned, Function<ChangeSettled, T> settled) {
        return settled.apply(this);
    }
}
