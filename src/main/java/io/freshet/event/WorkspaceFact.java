package io.freshet.event;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that is known of a workspace until a person takes it back.
 *
 * @param why for people
 * @param by who had it done; empty where Freshet found out by itself
 */
public record WorkspaceFact(FactKey key, String why, Optional<String> by, Instant at) {

    /** Whether the reason can stand in an event and in a line of the log. */
    public static boolean isSafe(String why) {
        return SafeText.isPrintable(why) && !why.contains("\"");
    }
}
