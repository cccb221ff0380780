package io.freshet.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.LogLines;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A timer that goes on. */
class RepeatedTest {

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
    void shouldDoAgainWhatHasThrown(Class<? extends Throwable> failure) {
        var done = new AtomicInteger();
        try (var log = LogLines.of(Repeated.class)) {
            var timer = Executors.newSingleThreadScheduledExecutor();
            try {
                var work = Repeated.every(
                        Duration.ofMillis(1),
                        Duration.ZERO,
                        "the look",
                        () -> {
                            if (done.incrementAndGet() == 1) {
                                throwUnchecked(failure);
                            }
                        },
                        timer);

                Awaitility.await().until(() -> done.get() > 2);

                assertThat(work.isDone()).isFalse();
                assertThat(log.texts()).first().asString().contains("the look has failed");
            } finally {
                timer.shutdownNow();
            }
        }
    }

    private static void throwUnchecked(Class<? extends Throwable> kind) {
        if (kind == OutOfMemoryError.class) {
            throw new OutOfMemoryError("none left");
        }
        throw new IllegalStateException("not now");
    }
}
