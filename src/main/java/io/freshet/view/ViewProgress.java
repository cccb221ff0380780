package io.freshet.view;

import java.util.Optional;

/**
 * How far the view is.
 *
 * @param percent of what there was when it began
 * @param trouble why nothing can be read at present
 * @param unreadable records of the state that this version can't read
 */
public record ViewProgress(State state, int percent, Optional<String> trouble, int unreadable) {

    /** From the start to the present. */
    public enum State {
        /** The replica isn't ready yet. */
        NOT_BEGUN,
        /** The past is being read: what isn't known may be known in a moment. */
        CATCHING_UP,
        /** All is known but for what is being written. */
        FOLLOWING,
        /** All was known, and Kafka is away. */
        AWAY
    }

    public boolean isCurrent() {
        return state == State.FOLLOWING;
    }
}
