package io.freshet.refresh;

import io.freshet.event.RunEvent;
import java.util.Optional;

/**
 * A step from one standing to the next, with what is told when it is taken.
 *
 * @param durable whether the new standing must be saved; a mere change of when to ask next need not
 */
public record Transition(Standing to, Optional<RunEvent> told, boolean durable) {

    static Transition to(Standing standing) {
        return new Transition(standing, Optional.empty(), true);
    }

    static Transition to(Standing standing, RunEvent told) {
        return new Transition(standing, Optional.of(told), true);
    }

    /** Into a standing that a restart may forget, for it would only ask a little sooner. */
    static Transition lightly(Standing standing) {
        return new Transition(standing, Optional.empty(), false);
    }
}
