package io.freshet.sandbox;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A run as it stands.
 *
 * @param report the token of the report, or of the dataset, that was run
 * @param datasetTokens what the request named; empty for a plain run. Mode doesn't show it
 * @param executedBy the user name
 */
public record SandboxRun(
        String token,
        String report,
        Set<String> datasetTokens,
        String state,
        Instant createdAt,
        Optional<Instant> completedAt,
        String executedBy) {

    public SandboxRun {
        datasetTokens = Set.copyOf(datasetTokens);
    }

    boolean hasSucceeded() {
        return state.equals("succeeded") || state.equals("completed");
    }
}
