package io.freshet.mode;

import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock for instants, which no time zone has a part in. */
abstract class InstantClock extends Clock {

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("this clock is for instants: convert them to " + zone);
    }
}
