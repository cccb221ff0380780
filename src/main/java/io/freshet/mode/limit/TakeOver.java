package io.freshet.mode.limit;

import java.time.Duration;
import java.util.List;

/** What the new owner of a workspace knows of the calls that were made before. */
public sealed interface TakeOver {

    /** Nobody has called before: all of the limit is free. */
    record Unused() implements TakeOver {
        @Override
        public List<Duration> remaining() {
            return List.of();
        }

        @Override
        public Duration pause() {
            return Duration.ZERO;
        }
    }

    /** The predecessor handed over in order: see {@link HandOver}. */
    record Clean(List<Duration> remaining, Duration pause) implements TakeOver {
        public Clean {
            remaining = List.copyOf(remaining);
        }
    }

    /** The predecessor died, or was cut off: nobody knows what it called, so that nothing leaves for this long. */
    record Unclean(Duration pause) implements TakeOver {
        @Override
        public List<Duration> remaining() {
            return List.of();
        }
    }

    /** How long each of the earlier calls still counts at Mode, from when this is read. */
    List<Duration> remaining();

    /** For how long nothing may leave at all. */
    Duration pause();

    static TakeOver unused() {
        return new Unused();
    }

    /**
     * @param remaining how long each of the predecessor's calls still counts, from when this is read
     * @param pause how long Mode still wants to be left alone
     */
    static TakeOver clean(List<Duration> remaining, Duration pause) {
        return new Clean(remaining, pause);
    }

    /** @param wait a period, less what has surely passed since the predecessor's last call */
    static TakeOver unclean(Duration wait) {
        return new Unclean(wait);
    }
}
