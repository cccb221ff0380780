package io.freshet.mode.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LearnedLimitTest {

    private static final Instant START = Instant.parse("2026-01-31T06:00:00Z");
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final LearnedLimit limit = new LearnedLimit(40, PERIOD);

    @Test
    void shouldHalveOncePerPeriodHoweverOftenItIsThrottled() {
        limit.tooMuch(START);
        limit.tooMuch(START.plusSeconds(1));
        assertThat(limit.value()).isEqualTo(20);

        limit.tooMuch(START.plus(PERIOD));

        assertThat(limit.value()).isEqualTo(10);
    }

    @Test
    void shouldNeverFallBelowOne() {
        for (var n = 0; n < 20; n++) {
            limit.tooMuch(START.plus(PERIOD.multipliedBy(n)));
        }

        assertThat(limit.value()).isEqualTo(1);
    }

    @Test
    void shouldRiseByATenthPerCalmPeriodUpToWhatIsConfigured() {
        limit.tooMuch(START);
        limit.calm(START.plusSeconds(9));
        assertThat(limit.value()).isEqualTo(20);

        limit.calm(START.plus(PERIOD));
        limit.calm(START.plus(PERIOD).plusSeconds(1));
        assertThat(limit.value()).isEqualTo(24);

        for (var n = 2; n < 10; n++) {
            limit.calm(START.plus(PERIOD.multipliedBy(n)));
        }
        assertThat(limit.value()).isEqualTo(40);
    }
}
