package io.freshet.replica;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Work that a timer does again and again, whatever became of it before: by itself it would forget for good what throws once. */
final class Repeated {

    private static final Logger LOG = Logger.getLogger(Repeated.class);

    private Repeated() {}

    /**
     * Has it done after {@code first}, and then as often as the pause is over.
     *
     * @param what it is, for the log
     */
    static Future<?> every(Duration pause, Duration first, String what, Runnable work, ScheduledExecutorService timer) {
        return timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException | Error failure) {
                        LOG.errorf(failure, "%s has failed, and is done again in %s", what, pause);
                    }
                },
                first.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
