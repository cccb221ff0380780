package io.freshet.mode;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneShotTimerTest {

    private static final Instant NOW = Instant.parse("2026-08-01T00:00:00Z");
    private static final Instant SOON = NOW.plusMillis(400);
    private static final ScheduledExecutorService TIMER = Infrastructure.getDefaultWorkerPool();
    private static final Clock STILL = Clock.fixed(NOW, ZoneOffset.UTC);

    private final AtomicInteger runs = new AtomicInteger();
    private final OneShotTimer timer = new OneShotTimer(STILL, TIMER, runs::incrementAndGet);

    @Test
    void shouldNotRunBeforeItsInstant() throws Exception {
        var clock = Clock.systemUTC();
        var ran = new CompletableFuture<Instant>();
        var at = clock.instant().plusMillis(50);

        new OneShotTimer(clock, TIMER, () -> ran.complete(clock.instant())).set(Optional.of(at));

        assertThat(ran.get(10, SECONDS)).isAfterOrEqualTo(at);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 60_000})
    void shouldRunAtOnceForAnInstantThatIsNoMoreToCome(long millisAgo) throws Exception {
        var ran = new CompletableFuture<Instant>();

        new OneShotTimer(STILL, TIMER, () -> ran.complete(NOW)).set(Optional.of(NOW.minusMillis(millisAgo)));

        assertThat(ran.get(10, SECONDS)).isEqualTo(NOW);
    }

    @Test
    void shouldRunAtTheInstantThatWasSetLastAndNotAtTheOneBefore() throws Exception {
        timer.set(Optional.of(SOON));

        timer.set(Optional.of(NOW));

        await().until(() -> runs.get() == 1);
        passes(SOON);
        assertThat(runs).hasValue(1);
    }

    @Test
    void shouldNotRunAfterItWasTurnedOff() throws Exception {
        timer.set(Optional.of(SOON));

        timer.set(Optional.empty());

        passes(SOON);
        assertThat(runs).hasValue(0);
    }

    @Test
    void shouldRunAgainWhenItIsSetAgain() {
        timer.set(Optional.of(NOW));
        await().until(() -> runs.get() == 1);

        timer.set(Optional.of(NOW));

        await().until(() -> runs.get() == 2);
    }

    @Test
    void shouldRunAgainSoonWhenItsTaskFailed() {
        var failing = new OneShotTimer(Clock.systemUTC(), TIMER, () -> {
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("once only");
            }
        });

        failing.set(Optional.of(NOW));

        await().until(() -> runs.get() == 2);
    }

    /** The scheduler takes one after the other: when a later timer runs, what was due well before it has begun. */
    private static void passes(Instant due) throws Exception {
        var later = new CompletableFuture<Instant>();
        new OneShotTimer(STILL, TIMER, () -> later.complete(due)).set(Optional.of(due.plusMillis(200)));
        later.get(10, SECONDS);
    }
}
