package io.freshet.event;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Mode has taken a run.
 *
 * @param adopted whether the run was found in Mode after a crash or a lost answer, instead of being posted again
 */
public record RunAccepted(
        ReportKey report,
        Optional<String> name,
        String runToken,
        SortedSet<String> datasetTokens,
        ChangeRefs changes,
        Instant acceptedAt,
        boolean adopted)
        implements RunEvent {

    public RunAccepted {
        datasetTokens = Collections.unmodifiableSortedSet(new TreeSet<>(datasetTokens));
    }

    @Override
    public <T> T fold(
            Function<RunAccepted, T> accepted, Function<RunFinished, T> finished, Function<RunRejected, T> rejected) {
        return accepted.apply(this);
    }
}
