package io.freshet.event;

import java.util.Locale;

/** How a run ended. */
public enum Outcome {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    TIMED_OUT;

    /** As it is spelled on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
