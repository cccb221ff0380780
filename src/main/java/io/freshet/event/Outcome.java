package io.freshet.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a run ended, or that there will be none. */
public enum Outcome {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    TIMED_OUT,
    /** Mode refused it for good, or Freshet gave up posting it: there is no run. */
    REJECTED;

    /** Empty if it is no outcome's word. */
    public static Optional<Outcome> of(String word) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.word().equals(word))
                .findFirst();
    }

    /** As it is spelled on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
