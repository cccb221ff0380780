package io.freshet.view;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** How a request ended. */
public enum RunEnd {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    TIMED_OUT,
    REJECTED;

    private static final RunEnd[] ALL = values();

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RunEnd of(int ordinal) {
        return ALL[ordinal];
    }

    static RunEnd read(String word) throws IOException {
        return Arrays.stream(ALL)
                .filter(end -> end.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IOException("it names an outcome that this version doesn't know"));
    }
}
