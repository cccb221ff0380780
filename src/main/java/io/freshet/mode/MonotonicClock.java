package io.freshet.mode;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Never steps, whatever becomes of the wall clock: the wall's time at the start, and what has passed since then. It
 * may be far from the wall's time after a while, and it may stand still while the machine sleeps.
 */
public final class MonotonicClock extends InstantClock {

    private final LongSupplier nanos;
    private final Instant start;
    private final long startNanos;

    /** @param nanos as {@link System#nanoTime} */
    public MonotonicClock(Clock wall, LongSupplier nanos) {
        this.nanos = nanos;
        this.start = wall.instant();
        this.startNanos = nanos.getAsLong();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }
}
