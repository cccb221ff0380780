package io.freshet.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether people see data that is newer than a change. */
public enum DataFreshness {
    /** Each dataset was run well after the change, and each report after that. */
    FRESH,
    /** At least one dataset was last run before the change. */
    STALE,
    UNKNOWN;

    /** Empty if it is no such word. */
    public static Optional<DataFreshness> of(String word) {
        return Arrays.stream(values()).filter(data -> data.word().equals(word)).findFirst();
    }

    /** As it is spelled on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
