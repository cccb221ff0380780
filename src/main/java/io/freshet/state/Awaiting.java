package io.freshet.state;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A part of a report's refresh that waits until datasets have been run for its batches.
 *
 * @param request what joins the report's other requests then; of several batches, it is one run of each dataset that answers all
 * @param datasets tokens of the datasets that are awaited
 */
public record Awaiting(RefreshRequest request, SortedSet<String> datasets) {

    public Awaiting {
        requireNonNull(request, "request");
        datasets = Collections.unmodifiableSortedSet(new TreeSet<>(datasets));
    }

    /** The first of its batches, which come to their end together. */
    public long batch() {
        return request.causes().batches().first();
    }

    /** Whether both come to the same when their datasets have ended. */
    boolean isLike(Awaiting other) {
        return datasets.equals(other.datasets) && request.datasetTokens().equals(other.request.datasetTokens());
    }

    /** This one for the batches of both. */
    Awaiting and(Awaiting like) {
        return new Awaiting(request.and(like.request), datasets);
    }
}
