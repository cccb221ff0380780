package io.freshet.event;

import java.util.Arrays;
import java.util.Optional;

/** What a run is of. In Mode a dataset is a report of another type, so both lead the same life here. */
public enum Kind {
    REPORT,
    DATASET;

    /** Empty if it is no kind's word. */
    public static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** As it is spelled on the wire. */
    public String word() {
        return switch (this) {
            case REPORT -> "report";
            case DATASET -> "dataset";
        };
    }

    /** As it is spelled in paths and keys. */
    public String plural() {
        return word() + "s";
    }
}
