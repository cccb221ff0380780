package io.freshet.ledger;

import io.freshet.event.BatchKey;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reports that have what they awaited: those of one transaction, and whether there are more. */
final class StagedReleases {

    private final Set<BatchKey> later = new LinkedHashSet<>();
    private int count;

    boolean areFull() {
        return count >= ReleaseReports.MOST;
    }

    void oneMore() {
        count++;
    }

    int count() {
        return count;
    }

    void more(BatchKey batch) {
        later.add(batch);
    }

    /** Batches of which more reports have what they awaited than one transaction releases. */
    Set<BatchKey> later() {
        return later;
    }
}
