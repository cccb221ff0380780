package io.freshet.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of a change. */
public enum ChangeOutcome {
    /** All that it meant was refreshed. */
    SUCCEEDED,
    /** Some of it was. */
    PARTLY,
    /** None of it was, though it meant something. */
    FAILED,
    NOTHING_TO_DO,
    /** It will never mean anything as it is. Only such a change may be sent again. */
    REFUSED;

    /**
     * Of a change that was planned.
     *
     * @param notFound whether it meant something that Mode or Freshet's own state doesn't know
     */
    public static ChangeOutcome of(RunCounts runs, boolean notFound) {
        var isWhole = runs.notSucceeded() == 0 && !notFound;
        if (runs.succeeded() == 0) {
            return isWhole ? NOTHING_TO_DO : FAILED;
        }
        return isWhole ? SUCCEEDED : PARTLY;
    }

    /** Empty if it is no outcome's word. */
    public static Optional<ChangeOutcome> of(String word) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.word().equals(word))
                .findFirst();
    }

    /** As it is spelled on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
