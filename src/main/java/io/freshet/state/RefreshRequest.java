package io.freshet.state;

import static java.util.Objects.requireNonNull;

import io.freshet.event.ChangeRefs;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * That one report be run again with these datasets, because of these changes. Requests that meet become one.
 *
 * @param expectedRuntime how long Mode expects the longest of the datasets to take; empty if it says nothing
 * @param backfill whether nobody waits for it: one request that is none is enough for all that it meets
 */
public record RefreshRequest(
        SortedSet<String> datasetTokens,
        ChangeRefs causes,
        Instant requestedAt,
        Optional<Duration> expectedRuntime,
        boolean backfill) {

    /** A change that is older when it is planned counts as this old. */
    private static final Duration MOST_AHEAD = Duration.ofHours(1);

    public RefreshRequest {
        datasetTokens = Collections.unmodifiableSortedSet(new TreeSet<>(datasetTokens));
        requireNonNull(causes, "causes");
        requireNonNull(requestedAt, "requestedAt");
        requireNonNull(expectedRuntime, "expectedRuntime");
    }

    /** One of which nothing more is known. */
    public RefreshRequest(SortedSet<String> datasetTokens, ChangeRefs causes, Instant requestedAt) {
        this(datasetTokens, causes, requestedAt, Optional.empty(), false);
    }

    /** Both requests as one, which are because of other batches: all datasets, all causes, asked for when the earlier was. */
    public RefreshRequest and(RefreshRequest other) {
        var datasets = new TreeSet<>(datasetTokens);
        datasets.addAll(other.datasetTokens);
        var earlier = requestedAt.isBefore(other.requestedAt) ? requestedAt : other.requestedAt;
        return new RefreshRequest(
                datasets,
                causes.and(other.causes),
                earlier,
                longer(expectedRuntime, other.expectedRuntime),
                backfill && other.backfill);
    }

    /**
     * The instant by which waiting requests are ordered: the oldest change first. Whoever sends a change may date it as he
     * likes, and by that alone nobody gets far in front of others, or far behind.
     */
    public Instant priority() {
        var oldest = causes.earliest().orElse(requestedAt);
        var first = requestedAt.minus(MOST_AHEAD);
        return oldest.isBefore(first) ? first : oldest.isAfter(requestedAt) ? requestedAt : oldest;
    }

    /** The same, because of these changes. */
    public RefreshRequest because(ChangeRefs others) {
        return new RefreshRequest(datasetTokens, others, requestedAt, expectedRuntime, backfill);
    }

    /** The same, of these datasets. */
    public RefreshRequest naming(SortedSet<String> datasets) {
        return new RefreshRequest(datasets, causes, requestedAt, expectedRuntime, backfill);
    }

    private static Optional<Duration> longer(Optional<Duration> one, Optional<Duration> other) {
        return Stream.of(one, other).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }
}
