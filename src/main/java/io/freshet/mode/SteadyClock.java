package io.freshet.mode;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Follows the wall clock, but never steps as it does, and never goes back. If the two disagree, it runs a twentieth
 * faster or slower until they agree: an hour takes it 20 hours. A due time that was computed by it stays about right.
 */
public final class SteadyClock extends InstantClock {

    static final int SLOWLY = 20;

    private final Clock wall;
    private final LongSupplier nanos;
    private Instant last;
    private long lastNanos;

    /** @param nanos as {@link System#nanoTime} */
    public SteadyClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.last = wall.instant();
        this.lastNanos = nanos.getAsLong();
    }

    @Override
    public synchronized Instant instant() {
        var at = nanos.getAsLong();
        var uncorrected = last.plusNanos(at - lastNanos);
        last = uncorrected.plus(correction(uncorrected, (at - lastNanos) / SLOWLY));
        lastNanos = at;
        return last;
    }

    /** @param mostNanos by which it may be faster or slower; a {@link Duration} computes with big numbers, at each look */
    private Duration correction(Instant uncorrected, long mostNanos) {
        var off = Duration.between(uncorrected, wall.instant());
        var most = Duration.ofNanos(mostNanos);
        if (off.compareTo(most) > 0) {
            return most;
        }
        var least = Duration.ofNanos(-mostNanos);
        return off.compareTo(least) < 0 ? least : off;
    }
}
