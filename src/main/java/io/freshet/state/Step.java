package io.freshet.state;

import java.time.Instant;

/**
 * The one thing to do next for a report.
 *
 * @param due not before this instant
 * @param priority among steps of a kind that are due, the earliest goes first
 */
public record Step(Kind kind, Instant due, Instant priority) {

    /** What the step asks of Mode. */
    public enum Kind {
        /** Post a run. */
        POST,
        /** Post a run for a backfill, after all others. */
        BACKFILL,
        /** List the report's runs: did an earlier POST have its effect? */
        RECONCILE,
        /** Ask after the open run. */
        ASK;

        /** Whether it posts a run. */
        public boolean isPost() {
            return switch (this) {
                case POST, BACKFILL -> true;
                case RECONCILE, ASK -> false;
            };
        }
    }
}
