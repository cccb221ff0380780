package io.freshet.view;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a report stands. */
public enum Stage {
    WAITING,
    POSTING,
    RUNNING,
    SETTLED;

    /** As it is spelled in records and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Stage> of(String word) {
        return Arrays.stream(values())
                .filter(stage -> stage.word().equals(word))
                .findFirst();
    }
}
