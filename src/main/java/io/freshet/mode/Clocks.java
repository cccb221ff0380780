package io.freshet.mode;

import io.freshet.mode.limit.Moment;
import java.time.Clock;

/**
 * The clocks of this process: each tells only instants that are compared with its own.
 *
 * @param wall may be set at any time
 * @param monotonic for what lasts: the request limit, the circuit breaker, the lease
 * @param steady for what is due at a time of day and saved: the wall's time without its steps
 */
public record Clocks(Clock wall, Clock monotonic, Clock steady) {

    /** There should be one of them: two monotonic clocks that began at different times don't agree. */
    public static Clocks ofSystem() {
        var wall = Clock.systemUTC();
        return new Clocks(wall, new MonotonicClock(wall, System::nanoTime), new SteadyClock(wall, System::nanoTime));
    }

    /** One clock that is good for all, in tests. */
    public static Clocks of(Clock clock) {
        return new Clocks(clock, clock, clock);
    }

    public Moment now() {
        return new Moment(wall.instant(), monotonic.instant());
    }
}
