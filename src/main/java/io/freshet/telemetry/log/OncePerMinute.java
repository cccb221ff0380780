package io.freshet.telemetry.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Lets each thing be said once a minute at most, however often it happens. */
public final class OncePerMinute {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private final Map<String, Long> said = new HashMap<>();

    /** @param nanos as {@link System#nanoTime} */
    public OncePerMinute(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public OncePerMinute() {
        this(System::nanoTime);
    }

    /** Whether this is to be said now. It counts as said then. */
    public synchronized boolean isDue(String what) {
        var now = nanos.getAsLong();
        said.values().removeIf(at -> now - at >= MINUTE);
        return said.putIfAbsent(what, now) == null;
    }
}
