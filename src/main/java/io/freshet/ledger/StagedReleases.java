package io.freshet.ledger;

import io.freshet.event.BatchKey;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Reports that have what they awaited: those of one transaction, and whether there are more. */
final class StagedReleases {

    private final Set<Origin> setAside;
    private final Set<BatchKey> later = new LinkedHashSet<>();
    private Optional<Origin> current = Optional.empty();
    private int count;

    /** @param setAside what can't be written */
    StagedReleases(Set<Origin> setAside) {
        this.setAside = setAside;
    }

    /** Where that comes from which is staged now. */
    Origin origin(int entry) {
        return current.orElseGet(() -> Origin.of(entry));
    }

    boolean isSetAside(Origin origin) {
        return setAside.contains(origin);
    }

    void release(Origin origin, Runnable staging) {
        alone(origin, staging);
        count++;
    }

    /** What is staged meanwhile is of one report alone. */
    void alone(Origin origin, Runnable staging) {
        current = Optional.of(origin);
        try {
            staging.run();
        } finally {
            current = Optional.empty();
        }
    }

    boolean areFull() {
        return count >= ReleaseReports.MOST;
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
