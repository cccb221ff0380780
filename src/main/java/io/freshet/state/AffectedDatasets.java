package io.freshet.state;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The datasets that a batch is about, and what was known of them when it was planned.
 *
 * @param tokens those that its reports import; none where that isn't known
 * @param alreadyFresh those of them that had been run well since the newest change was read
 * @param knownAt when that was read, about, by Mode's clock; empty if it can't be said
 */
public record AffectedDatasets(SortedSet<String> tokens, SortedSet<String> alreadyFresh, Optional<Instant> knownAt) {

    public static final AffectedDatasets UNKNOWN =
            new AffectedDatasets(Collections.emptySortedSet(), Collections.emptySortedSet(), Optional.empty());

    public AffectedDatasets {
        tokens = Collections.unmodifiableSortedSet(new TreeSet<>(tokens));
        alreadyFresh = Collections.unmodifiableSortedSet(new TreeSet<>(alreadyFresh));
    }

    /** Those that may show old data, as far as this batch's own runs tell. */
    SortedSet<String> doubtful(DatasetProgress progress) {
        var doubtful = new TreeSet<>(tokens);
        doubtful.removeAll(alreadyFresh);
        doubtful.removeAll(progress.refreshed());
        return doubtful;
    }
}
