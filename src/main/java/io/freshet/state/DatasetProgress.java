package io.freshet.state;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the runs of a batch have come to for its datasets. It isn't stored.
 *
 * @param refreshed those whose own run, posted for the batch, ended well
 * @param failed those of which some report, or the dataset itself, was not run well
 * @param isAllOurs whether each run that ended well is surely one that was posted for the batch. One that was found in
 *     Mode may be somebody else's, from before the change.
 */
record DatasetProgress(SortedSet<String> refreshed, SortedSet<String> failed, boolean isAllOurs) {

    static final DatasetProgress NONE =
            new DatasetProgress(Collections.emptySortedSet(), Collections.emptySortedSet(), true);

    DatasetProgress refreshed(String dataset) {
        return new DatasetProgress(with(refreshed, List.of(dataset)), failed, isAllOurs);
    }

    DatasetProgress failed(Collection<String> datasets) {
        return new DatasetProgress(refreshed, with(failed, datasets), isAllOurs);
    }

    DatasetProgress adopted() {
        return new DatasetProgress(refreshed, failed, false);
    }

    private static SortedSet<String> with(SortedSet<String> some, Collection<String> more) {
        if (some.containsAll(more)) {
            return some;
        }
        var all = new TreeSet<>(some);
        all.addAll(more);
        return Collections.unmodifiableSortedSet(all);
    }
}
