package io.freshet.plan;

import io.freshet.event.Change;
import io.freshet.event.Target;
import io.freshet.event.Traces;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

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

    private static final int MOST_TABLES = 1_000;

    public Batch {
        changes = List.copyOf(changes);
    }

    /** Whether every one of them says that it is a backfill, or there are so many that they must be one. */
    public boolean isBackfill() {
        return isFlood || changes.stream().allMatch(Change::isBackfill);
    }

    /**
     * Which tables of the data source have changed, as far as all of the changes say; none if one of them doesn't, or if they
     * are so many that it may as well be the whole data source.
     */
    public SortedSet<String> tables() {
        var tables = new TreeSet<String>();
        for (var change : changes) {
            tables.addAll(change.tables());
            if (change.tables().isEmpty() || tables.size() > MOST_TABLES) {
                return Collections.emptySortedSet();
            }
        }
        return Collections.unmodifiableSortedSet(tables);
    }

    /** Those of all the changes; the oldest change that has one goes on. */
    public Traces traces() {
        return changes.stream()
                .sorted(Comparator.comparing(change -> change.ref().changedAt()))
                .map(Change::traces)
                .reduce(Traces.none(), Traces::and);
    }
}
