package io.freshet.telemetry;

import io.freshet.event.Change;
import io.freshet.telemetry.log.OncePerMinute;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Changes under the identity of another one. Each is counted, and one a minute is logged: a writer whose identities aren't
 * unique sends many.
 */
final class Conflicts {

    private static final Logger LOG = Logger.getLogger(Conflicts.class);

    private final MeterRegistry metrics;
    private final OncePerMinute lines;

    /** @param nanos as {@link System#nanoTime} */
    Conflicts(MeterRegistry metrics, LongSupplier nanos) {
        this.metrics = metrics;
        this.lines = new OncePerMinute(nanos);
    }

    void told(Change change) {
        metrics.counter("freshet.changes.conflicting", "account", change.account())
                .increment();
        if (lines.isDue("conflict")) {
            LOG.warnf(
                    "change ignored account=%s %s record=%s %s: a change of another target has this identity, so send another id",
                    change.account(),
                    change.target(),
                    change.place(),
                    change.ref().shown());
        }
    }
}
