package io.freshet.lineage;

import java.util.Arrays;
import java.util.Locale;

/** How far a run is, as an event says. */
public enum RunPhase {
    START,
    RUNNING,
    COMPLETE,
    ABORT,
    FAIL,
    /** More about a run, at any time; also what nobody knows. */
    OTHER;

    static RunPhase of(String word) {
        return Arrays.stream(values())
                .filter(phase -> phase.name().equals(word.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElse(OTHER);
    }

    /** Whether the run has ended without what it was to write. */
    boolean isBroken() {
        return this == ABORT || this == FAIL;
    }

    boolean isEnd() {
        return this == COMPLETE || isBroken();
    }
}
