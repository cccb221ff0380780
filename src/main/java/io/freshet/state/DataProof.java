package io.freshet.state;

import io.freshet.event.DataFreshness;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * What Mode's own data say of a batch whose runs have ended. They can show that a dataset is stale. That reports are fresh they
 * don't show: a run of a dataset that somebody else has started meanwhile may have ended after a report had loaded its rows.
 *
 * @param teaching datasets that stayed as they were, though each of their reports was run well, by us: reports' runs don't
 *     refresh them
 */
public record DataProof(DataFreshness data, SortedSet<String> teaching) {

    private static final DataProof NOTHING = new DataProof(DataFreshness.UNKNOWN, Collections.emptySortedSet());

    public DataProof {
        teaching = Collections.unmodifiableSortedSet(new TreeSet<>(teaching));
    }

    /**
     * @param rows by the token of the dataset; one that isn't among them is not known
     * @param ahead by how much the clock that stamps runs is ahead of the one that the batch was known by
     */
    public static DataProof of(OpenBatch batch, Map<String, LastRun> rows, Duration ahead) {
        Optional<Instant> known = batch.datasets().knownAt().map(at -> at.plus(ahead));
        return known.map(at -> of(batch, rows, at)).orElse(NOTHING);
    }

    private static DataProof of(OpenBatch batch, Map<String, LastRun> rows, Instant known) {
        var stale = doubtful(batch, rows, (dataset, row) -> row.showsWhatWasBefore(known));
        var teaching = doubtful(
                batch,
                rows,
                (dataset, row) -> row.isBefore(known)
                        && batch.isRunByUs()
                        && !batch.notRunWell().contains(dataset));
        return new DataProof(stale.isEmpty() ? DataFreshness.UNKNOWN : DataFreshness.STALE, teaching);
    }

    private static SortedSet<String> doubtful(
            OpenBatch batch, Map<String, LastRun> rows, BiPredicate<String, LastRun> which) {
        var found = new TreeSet<String>();
        for (var dataset : batch.doubtful()) {
            var row = rows.get(dataset);
            if (row != null && which.test(dataset, row)) {
                found.add(dataset);
            }
        }
        return found;
    }
}
