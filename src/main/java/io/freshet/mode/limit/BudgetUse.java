package io.freshet.mode.limit;

import java.util.Map;

/**
 * What the request budget of a workspace is like at present, for this replica.
 *
 * @param limit requests per period that are used of the workspace's limit
 * @param capacity how many of them are this replica's: all, or none while another replica owns the workspace
 * @param free calls that could leave now
 * @param waitingByLane calls that wait for their turn
 */
public record BudgetUse(int limit, int capacity, int free, Map<Lane, Integer> waitingByLane) {

    public BudgetUse {
        waitingByLane = Map.copyOf(waitingByLane);
    }

    /** All calls that wait for their turn. */
    public int waiting() {
        return waitingByLane.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether nobody waits and half of a period's calls are free: one that may be for nothing costs little then. */
    public boolean isIdle() {
        return waiting() == 0 && free >= Math.max(2, capacity / 2);
    }
}
