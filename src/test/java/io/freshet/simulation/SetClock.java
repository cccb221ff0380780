package io.freshet.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** A clock that is set now and then, and remembers when. */
final class SetClock extends Clock {

    private final VirtualTime time;
    /** By how much it is ahead of the world's time, and since when. */
    private final TreeMap<Instant, Duration> offsets = new TreeMap<>();

    SetClock(VirtualTime time, Duration offset) {
        this.time = time;
        offsets.put(VirtualTime.START, offset);
    }

    void set(Duration by) {
        offsets.put(time.now(), offset().plus(by));
    }

    Duration offset() {
        return offsets.lastEntry().getValue();
    }

    @Override
    public Instant instant() {
        return time.now().plus(offset());
    }

    /** When it first showed this, or more, after that time of the world. */
    Instant firstShown(Instant shown, Instant after) {
        for (Map.Entry<Instant, Duration> since : offsets.entrySet()) {
            var until = offsets.higherKey(since.getKey());
            var from = since.getKey().isAfter(after) ? since.getKey() : after;
            var at = shown.minus(since.getValue());
            var seen = at.isAfter(from) ? at : from;
            if (until == null || seen.isBefore(until)) {
                return seen;
            }
        }
        throw new IllegalStateException("there is always a last offset");
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
