package io.freshet.view;

import io.freshet.event.Outcome;
import io.netty.util.collection.LongObjectHashMap;
import java.util.LinkedHashSet;
import java.util.List;

/** How many reports carry each batch, and how it ended for others, as the records of the reports say. */
final class BatchCounts {

    private static final List<Outcome> ENDS = List.of(Outcome.values());
    private static final int CARRIED = ENDS.size();

    private final LongObjectHashMap<int[]> counts = new LongObjectHashMap<>();

    void add(TargetState state) {
        count(state, 1);
    }

    /** The report is there no longer. */
    void remove(TargetState state) {
        count(state, -1);
    }

    RunCounts of(long batch, int leftOut) {
        var found = counts.get(batch);
        return found == null
                ? new RunCounts(0, 0, 0, 0, 0, leftOut, 0)
                : new RunCounts(
                        found[ENDS.indexOf(Outcome.SUCCEEDED)],
                        found[ENDS.indexOf(Outcome.FAILED)],
                        found[ENDS.indexOf(Outcome.CANCELLED)],
                        found[ENDS.indexOf(Outcome.TIMED_OUT)],
                        found[ENDS.indexOf(Outcome.REJECTED)],
                        leftOut,
                        found[CARRIED]);
    }

    private void count(TargetState state, int by) {
        var carried = new LinkedHashSet<>(state.batches());
        carried.addAll(state.followUp());
        carried.forEach(batch -> count(batch, CARRIED, by));
        state.outcomes().forEach(one -> count(one.batch(), ENDS.indexOf(one.outcome()), by));
    }

    private void count(long batch, int which, int by) {
        var found = counts.get(batch);
        if (found == null) {
            found = new int[CARRIED + 1];
            counts.put(batch, found);
        }
        found[which] += by;
        if (isZero(found)) {
            counts.remove(batch);
        }
    }

    private static boolean isZero(int[] found) {
        for (var one : found) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }
}
