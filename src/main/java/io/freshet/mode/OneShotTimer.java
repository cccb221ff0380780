package io.freshet.mode;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs one task at the instant that was set last. A task that fails runs again soon, unless it was set meanwhile: what it
 * would have set is not lost with it.
 */
public final class OneShotTimer {

    private static final Logger LOG = Logger.getLogger(OneShotTimer.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Runnable task;
    private @Nullable ScheduledFuture<?> next;
    private Optional<Instant> setTo = Optional.empty();

    public OneShotTimer(Clock clock, ScheduledExecutorService timer, Runnable task) {
        this.clock = clock;
        this.timer = timer;
        this.task = task;
    }

    /** Replaces what was set before; empty turns it off. */
    public synchronized void set(Optional<Instant> at) {
        if (at.equals(setTo)) {
            return; // of a thousand reports that move, few change when the next step is due
        }
        setTo = at;
        if (next != null) {
            next.cancel(false);
        }
        next = at.map(this::millisUntil)
                .map(millis -> timer.schedule(this::ring, millis, TimeUnit.MILLISECONDS))
                .orElse(null);
    }

    private void ring() {
        synchronized (this) {
            setTo = Optional.empty();
        }
        try {
            task.run();
        } catch (RuntimeException | Error failure) { // nobody else would hear of it
            LOG.errorf(failure, "a task failed and runs again in %s", AFTER_FAILURE);
            setUnlessSet(clock.instant().plus(AFTER_FAILURE));
        }
    }

    private synchronized void setUnlessSet(Instant at) {
        if (setTo.isEmpty()) {
            set(Optional.of(at));
        }
    }

    private long millisUntil(Instant at) {
        var now = clock.instant();
        // A millisecond more, as the scheduler may be early by less than one; and on a thread of Vert.x's it refuses 0.
        return at.isAfter(now) ? Duration.between(now, at).toMillis() + 1 : 1;
    }
}
