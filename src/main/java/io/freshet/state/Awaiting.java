package io.freshet.state;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A part of a report's refresh that waits until datasets have been run for its batch.
 *
 * @param request what joins the report's other requests then; it is for one batch
 * @param datasets tokens of the datasets that are awaited
 */
public record Awaiting(RefreshRequest request, SortedSet<String> datasets) {

    public Awaiting {
        requireNonNull(request, "request");
        datasets = Collections.unmodifiableSortedSet(new TreeSet<>(datasets));
    }

    public long batch() {
        return request.causes().batches().first();
    }
}
