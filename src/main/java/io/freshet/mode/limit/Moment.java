package io.freshet.mode.limit;

import java.time.Duration;
import java.time.Instant;

/**
 * One moment as two clocks show it. The wall clock may be set; the monotonic clock may stand still while the machine
 * sleeps. Only both together can be trusted with what must not last too long.
 */
public record Moment(Instant wall, Instant monotonic) {

    public Moment plus(Duration time) {
        return new Moment(wall.plus(time), monotonic.plus(time));
    }

    /** Whether both clocks say so: what is good until a moment ends as soon as either clock has come there. */
    public boolean isBefore(Moment end) {
        return wall.isBefore(end.wall) && monotonic.isBefore(end.monotonic);
    }
}
