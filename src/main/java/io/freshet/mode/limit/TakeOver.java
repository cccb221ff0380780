package io.freshet.mode.limit;

import java.time.Duration;
import java.util.List;

/**
 * What the new owner of a workspace knows of the calls that were made before.
 *
 * @param remaining how long each of the earlier calls still counts at Mode, from when this is read
 * @param pause for how long nothing may leave at all
 */
public record TakeOver(List<Duration> remaining, Duration pause) {

    public TakeOver {
        remaining = List.copyOf(remaining);
    }

    /** Nobody has called before: all of the limit is free. */
    public static TakeOver unused() {
        return clean(List.of(), Duration.ZERO);
    }

    /**
     * The predecessor handed over in order: see {@link HandOver}.
     *
     * @param remaining how long each of the predecessor's calls still counts, from when this is read
     * @param pause how long Mode still wants to be left alone
     */
    public static TakeOver clean(List<Duration> remaining, Duration pause) {
        return new TakeOver(remaining, pause);
    }

    /**
     * The predecessor died, or was cut off: nobody knows what it called, so that nothing leaves for this long.
     *
     * @param wait a period, less what has surely passed since the predecessor's last call
     */
    public static TakeOver unclean(Duration wait) {
        return new TakeOver(List.of(), wait);
    }
}
