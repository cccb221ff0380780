package io.freshet.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A run has ended.
 *
 * @param modeState the state as Mode said it
 * @param adopted as it was told when the run was accepted
 * @param error why it failed, if it did and Mode said so in time
 */
public record RunFinished(
        ReportKey report,
        Optional<String> name,
        String runToken,
        SortedSet<String> datasetTokens,
        ChangeRefs changes,
        Outcome outcome,
        String modeState,
        Instant acceptedAt,
        boolean adopted,
        Instant finishedAt,
        Optional<RunError> error)
        implements RunEvent {

    public RunFinished {
        datasetTokens = Collections.unmodifiableSortedSet(new TreeSet<>(datasetTokens));
    }

    /** From the earliest change to the end of the run; only where it succeeded. */
    public Optional<Duration> freshness() {
        return outcome == Outcome.SUCCEEDED ? changes.earliest().map(this::since) : Optional.empty();
    }

    /** A change may be dated ahead. */
    private Duration since(Instant changedAt) {
        return changedAt.isBefore(finishedAt) ? Duration.between(changedAt, finishedAt) : Duration.ZERO;
    }

    @Override
    public <T> T fold(
            Function<RunAccepted, T> accepted, Function<RunFinished, T> finished, Function<RunRejected, T> rejected) {
        return finished.apply(this);
    }
}
