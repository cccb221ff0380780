package io.freshet.api;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How this replica is, and what all of them have in hand.
 *
 * @param changesInHand changes of all workspaces that are open and not yet planned
 * @param oldestWaitingSeconds how long the oldest request has waited to be posted; absent where none waits
 * @param restoring partitions whose reports are being read back by this replica
 * @param facts what is held, and what has been learnt, of all workspaces: the first {@value Overview#MOST_FACTS}
 * @param late reports that are late for an objective, of all workspaces: the first {@value Overview#MOST_FACTS}
 */
record Status(
        String replica,
        Instant at,
        List<OfWorkspace> workspaces,
        int changesInHand,
        Reports reports,
        Reports datasets,
        @Nullable Double oldestWaitingSeconds,
        Set<Integer> restoring,
        List<FactRow> facts,
        List<LateRow> late,
        View view) {

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

    /**
     * How far this replica knows what all of them do.
     *
     * @param state not_begun, catching_up, following, or away while Kafka can't be read
     * @param percent how much of the past was read; absent once it is all
     * @param unreadable records of the state topic that this version can't read, and doesn't show
     */
    record View(
            String state,
            @Nullable Integer percent,
            @Nullable String trouble,
            int unreadable) {}

    /** How many reports, or datasets that are run by themselves, of all workspaces are in each state. */
    record Reports(int waiting, int posting, int running, int settled) {}
}
