package io.freshet.telemetry;

import io.freshet.event.Change;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Changes under the identity of another one. Each is counted, and one a minute is logged: a writer whose identities aren't
 * unique sends many.
 */
final class Conflicts {

    private static final Logger LOG = Logger.getLogger(Conflicts.class);
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final MeterRegistry metrics;
    private final LongSupplier nanos;
    private final AtomicLong quietUntil;

    /** @param nanos as {@link System#nanoTime} */
    Conflicts(MeterRegistry metrics, LongSupplier nanos) {
        this.metrics = metrics;
        this.nanos = nanos;
        this.quietUntil = new AtomicLong(nanos.getAsLong());
    }

    void told(Change change) {
        metrics.counter("freshet.changes.conflicting", "account", change.account())
                .increment();
        var now = nanos.getAsLong();
        var until = quietUntil.get();
        if (now - until >= 0 && quietUntil.compareAndSet(until, now + PAUSE)) {
            LOG.warnf(
                    "change ignored account=%s %s record=%s %s: a change of another target has this identity, so send another id",
                    change.account(),
                    change.target(),
                    change.place(),
                    change.ref().shown());
        }
    }
}
