package io.freshet.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.RateLimit.Admission;
import io.freshet.sandbox.SandboxSettings.RateCounting;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final Instant START = Instant.parse("2026-08-01T00:00:00Z");

    @Test
    void shouldRefuseBeyondTheWindow() {
        var limit = limit(RateCounting.WINDOW);

        assertThat(IntStream.range(0, 5).mapToObj(at -> limit.arrive(START).admitted()))
                .containsExactly(true, true, true, true, false);
    }

    @Test
    void shouldOpenTheWindowWhenTheFirstArrivalLeavesIt() {
        var limit = limit(RateCounting.WINDOW);
        limit.arrive(START);
        IntStream.range(0, 3).forEach(at -> limit.arrive(START.plusMillis(600)));

        assertThat(limit.arrive(START.plusMillis(999))).isEqualTo(new Admission(false, 0, Duration.ofMillis(1)));
        assertThat(limit.arrive(START.plusMillis(1000)).admitted()).isTrue();
        assertThat(limit.arrive(START.plusMillis(1001)).admitted()).isFalse();
    }

    @Test
    void shouldDrainTheBucketDropByDrop() {
        var limit = limit(RateCounting.BUCKET);
        IntStream.range(0, 4).forEach(at -> limit.arrive(START));

        assertThat(limit.arrive(START)).isEqualTo(new Admission(false, 0, Duration.ofMillis(250)));
        assertThat(limit.arrive(START.plusMillis(250)).admitted()).isTrue();
        assertThat(limit.arrive(START.plusMillis(251)).admitted()).isFalse();
        assertThat(limit.arrive(START.plusMillis(1250)).remaining()).isEqualTo(3);
    }

    @Test
    void shouldLoseNothingOfTheBucketToRounding() {
        var limit = limit(RateCounting.BUCKET);
        IntStream.range(0, 4).forEach(at -> limit.arrive(START));

        IntStream.range(0, 1000).forEach(at -> limit.arrive(START.plusNanos(at * 250_000L)));

        assertThat(limit.arrive(START.plusMillis(251)).admitted()).isTrue();
    }

    @Test
    void shouldLetEverybodyInWithoutALimit() {
        var limit = limit(RateCounting.UNLIMITED);

        assertThat(IntStream.range(0, 100).mapToObj(at -> limit.arrive(START).admitted()))
                .containsOnly(true);
    }

    private static RateLimit limit(RateCounting counting) {
        return new RateLimit(SandboxSettings.defaults()
                .withRateLimit(4, Duration.ofSeconds(1))
                .withCounting(counting));
    }
}
