package io.freshet.event;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The wish that one report be run again with these datasets, because of these changes. */
public record Refresh(ReportKey report, SortedSet<String> datasetTokens, Causes changes, Instant requestedAt) {

    public Refresh {
        datasetTokens = Collections.unmodifiableSortedSet(new TreeSet<>(datasetTokens));
    }
}
