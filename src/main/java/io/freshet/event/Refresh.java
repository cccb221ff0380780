package io.freshet.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The request that one report be run again with these datasets, because of these changes.
 *
 * @param expectedRuntime how long Mode expects the longest of the datasets to take; empty where it says nothing
 * @param backfill whether all others go first
 */
public record Refresh(
        ReportKey report,
        SortedSet<String> datasetTokens,
        ChangeRefs changes,
        Instant requestedAt,
        Optional<Duration> expectedRuntime,
        boolean backfill) {

    public Refresh {
        datasetTokens = Collections.unmodifiableSortedSet(new TreeSet<>(datasetTokens));
    }

    /** One of which nothing more is known. */
    public Refresh(ReportKey report, SortedSet<String> datasetTokens, ChangeRefs changes, Instant requestedAt) {
        this(report, datasetTokens, changes, requestedAt, Optional.empty(), false);
    }
}
