package io.freshet.state;

import io.freshet.event.RunEvent;
import java.util.Optional;

/**
 * A step from one state to the next, with what is told when it is taken.
 *
 * @param durable whether the new state must be saved; a mere change of when to ask next need not
 */
public record Transition(ReportState to, Optional<RunEvent> told, boolean durable) {

    static Transition to(ReportState state) {
        return new Transition(state, Optional.empty(), true);
    }

    static Transition to(ReportState state, RunEvent told) {
        return new Transition(state, Optional.of(told), true);
    }

    /** Into a state that a restart may forget, for it would only ask a little sooner. */
    static Transition notPersisted(ReportState state) {
        return new Transition(state, Optional.empty(), false);
    }
}
