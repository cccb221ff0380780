package io.freshet.api;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How this replica is.
 *
 * @param changesInHand changes that have been read and not yet answered
 * @param oldestWaitingSeconds how long the oldest request has waited to be posted; absent where none waits
 * @param restoring partitions whose reports are being read back
 */
record Status(
        String replica,
        Instant at,
        List<OfWorkspace> workspaces,
        int changesInHand,
        Reports reports,
        @Nullable Double oldestWaitingSeconds,
        Set<Integer> restoring) {

    /**
     * @param host where Mode is; nothing else of its address
     * @param trouble what keeps calls from leaving, other than the budget; absent while Mode is well
     */
    record OfWorkspace(
            String account,
            String host,
            Budget budget,
            @Nullable String trouble) {}

    /**
     * @param limit requests per period that are used of the workspace's limit
     * @param capacity how many of them are this replica's: all, or none while another replica owns the workspace
     * @param free calls that could leave now
     * @param waiting calls that wait for their turn
     */
    record Budget(int requests, double periodSeconds, int limit, int capacity, int free, int waiting) {}

    /** How many reports are in each state. */
    record Reports(int waiting, int posting, int running, int settled) {}
}
