package io.freshet.plan;

import io.freshet.event.Change;
import io.freshet.event.Target;
import io.freshet.event.Traces;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Changes of one target that are planned together.
 *
 * @param newest when the last of them came: what Mode said before doesn't count for it
 * @param isFlood whether far more of them came than usually do
 * @param failingSince since when it could not be planned; empty if that wasn't tried yet
 */
public record Batch(
        String account,
        Target target,
        List<Change> changes,
        Instant newest,
        boolean isFlood,
        Optional<Instant> failingSince) {

    /** How many changes it takes: more are planned after it. */
    public static final int MOST = 10_000;

    public Batch {
        changes = List.copyOf(changes);
    }

    /** Whether every one of them says that it is a backfill, or there are so many that they must be one. */
    public boolean isBackfill() {
        return isFlood || changes.stream().allMatch(Change::isBackfill);
    }

    /** Those of all the changes; the oldest change that has one goes on. */
    public Traces traces() {
        return changes.stream()
                .sorted(Comparator.comparing(change -> change.ref().changedAt()))
                .map(Change::traces)
                .reduce(Traces.none(), Traces::and);
    }
}
