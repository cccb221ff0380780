package io.freshet.event;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a run failed: what Mode says of its first query that failed, cut to what an event can carry.
 *
 * @param code one word of Mode's
 * @param message for people; may have several lines
 */
public record RunError(Optional<String> code, Optional<String> message) {

    private static final int LONGEST_CODE = 100;
    private static final int LONGEST_MESSAGE = 1_000;

    public RunError {
        code = code.map(text -> SafeText.shown(text.strip(), LONGEST_CODE));
        message = message.map(text -> SafeText.carried(text.strip(), LONGEST_MESSAGE));
    }

    /** Empty if Mode says neither. */
    public static Optional<RunError> of(Optional<String> code, Optional<String> message) {
        return Stream.of(code, message)
                        .anyMatch(text -> text.filter(said -> !said.isBlank()).isPresent())
                ? Optional.of(
                        new RunError(code.filter(said -> !said.isBlank()), message.filter(said -> !said.isBlank())))
                : Optional.empty();
    }
}
