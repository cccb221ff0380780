package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonotonicClockTest {

    private final SettableClock wall = new SettableClock();
    private long nanos = Long.MAX_VALUE - 5; // where nanoseconds begin says nothing, and they may overflow
    private final MonotonicClock clock = new MonotonicClock(wall, () -> nanos);

    @ParameterizedTest
    @ValueSource(longs = {-3_600, 0, 3_600})
    void shouldShowWhatHasPassedWhateverBecomesOfTheWallClock(long step) {
        var start = wall.instant();
        assertThat(clock.instant()).isEqualTo(start);

        wall.advance(Duration.ofSeconds(step));
        nanos += Duration.ofSeconds(7).toNanos();

        assertThat(clock.instant()).isEqualTo(start.plusSeconds(7));
    }
}
