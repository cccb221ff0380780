package io.freshet.packaged;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long a fault lasts. Never to wait for something to have happened. */
final class Pause {

    private Pause() {}

    static void of(Duration duration) {
        try {
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
