package io.freshet.ledger;

import io.freshet.telemetry.log.OncePerMinute;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Why nothing can be saved at present, for as long as that is so. What fails again and again is said once a minute. */
@Singleton
public final class WriteTrouble {

    private static final Logger LOG = Logger.getLogger(WriteTrouble.class);

    /** @param since in nanoseconds of the monotonic clock */
    private record Failing(String cause, long since, int failures) {}

    private final LongSupplier nanos;
    private final OncePerMinute lines;
    private @Nullable Failing failing;

    WriteTrouble() {
        this(System::nanoTime);
    }

    WriteTrouble(LongSupplier nanos) {
        this.nanos = nanos;
        this.lines = new OncePerMinute(nanos);
    }

    /** @param word what became of the transaction, as the log spells it */
    synchronized void failed(String word, Throwable failure) {
        var cause = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        var before = failing;
        failing = before == null
                ? new Failing(cause, nanos.getAsLong(), 1)
                : new Failing(cause, before.since(), before.failures() + 1);
        if (lines.isDue(word)) {
            LOG.warnf("transaction=%s cause=\"%s\" failures=%d", word, cause, failing.failures());
        }
    }

    /** All that was to be written is written. */
    synchronized void isOver() {
        var before = failing;
        failing = null;
        if (before != null) {
            LOG.infof("transaction=well again failures=%d took=%s", before.failures(), duration(before.since()));
        }
    }

    /** What Kafka says, and for how long it has; empty if all is well. */
    public synchronized Optional<String> cause() {
        var now = failing;
        return now == null
                ? Optional.empty()
                : Optional.of("nothing has been saved for %s: %s".formatted(duration(now.since()), now.cause()));
    }

    private String duration(long since) {
        return Duration.ofNanos(nanos.getAsLong() - since).toSeconds() + "s";
    }
}
