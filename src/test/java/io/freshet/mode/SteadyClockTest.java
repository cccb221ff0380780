package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wall clock and the nanoseconds go together, but for steps of the wall clock. */
class SteadyClockTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final SettableClock wall = new SettableClock();
    private long nanos;
    private final SteadyClock clock = new SteadyClock(wall, () -> nanos);
    private final Instant start = wall.instant();

    private void pass(Duration time) {
        nanos += time.toNanos();
        wall.advance(time);
    }

    @Test
    void shouldShowTheWallClocksTimeWhileThatDoesNotStep() {
        pass(Duration.ofSeconds(90));

        assertThat(clock.instant()).isEqualTo(start.plusSeconds(90));
    }

    @Test
    void shouldNotStepForwardWithTheWallClock() {
        wall.advance(HOUR);

        assertThat(clock.instant()).isEqualTo(start);
        pass(Duration.ofSeconds(20));
        assertThat(clock.instant()).isEqualTo(start.plusSeconds(21));
    }

    @Test
    void shouldNotStepBackWithTheWallClock() {
        wall.advance(HOUR.negated());

        assertThat(clock.instant()).isEqualTo(start);
        pass(Duration.ofSeconds(20));
        assertThat(clock.instant()).isEqualTo(start.plusSeconds(19));
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600, -1, 1, 3_600})
    void shouldAgreeWithTheWallClockInTheEnd(long seconds) {
        wall.advance(Duration.ofSeconds(seconds));

        pass(Duration.ofSeconds(Math.abs(seconds) * 20));

        assertThat(clock.instant()).isEqualTo(wall.instant());
        pass(HOUR);
        assertThat(clock.instant()).isEqualTo(wall.instant());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldNeverGoBackNorRunWildWhateverTheWallClockDoes(long seed) {
        var random = new Random(seed);
        for (var n = 0; n < 2_000; n++) {
            var before = clock.instant();
            var passed = Duration.ofNanos(random.nextInt(1_000_000_000));
            pass(passed);
            wall.advance(Duration.ofMillis(random.nextInt(20_000) - 10_000));

            var shown = Duration.between(before, clock.instant());

            assertThat(shown)
                    .isBetween(
                            passed.multipliedBy(19).dividedBy(20),
                            passed.multipliedBy(21).dividedBy(20));
        }
    }
}
