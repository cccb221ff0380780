package io.freshet.telemetry;

import io.freshet.event.Change;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Changes under the identity of another one. Each is counted, and one a minute is logged: a writer whose identities aren't
 * unique sends many.
 */
final class Conflicts {

    private static final Logger LOG = Logger.getLogger(Conflicts.class);
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final MeterRegistry metrics;
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    Conflicts(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void told(Change change) {
        metrics.counter("freshet.changes.conflicting", "account", change.account())
                .increment();
        var now = System.nanoTime();
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
