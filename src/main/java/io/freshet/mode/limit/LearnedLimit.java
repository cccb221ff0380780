package io.freshet.mode.limit;

import java.time.Duration;
import java.time.Instant;

/**
 * How many requests of those that are configured are really to be had, where others use the same credential: halved when
 * Mode throttles, raised by a tenth for each period of calm (AIMD). Plain Java, without a clock.
 */
final class LearnedLimit {

    private final int most;
    private final Duration period;
    private int value;
    private Instant settledAt = Instant.MIN;

    LearnedLimit(int most, Duration period) {
        this.most = most;
        this.period = period;
        this.value = most;
    }

    int value() {
        return value;
    }

    /** Once a period is enough: what is throttled together has one cause. */
    void tooMuch(Instant now) {
        if (!now.isBefore(settledAt)) {
            value = Math.max(1, value / 2);
            settledAt = now.plus(period);
        }
    }

    void heard(Instant now, boolean isTooMuch) {
        if (isTooMuch) {
            tooMuch(now);
        } else {
            calm(now);
        }
    }

    void calm(Instant now) {
        if (value < most && !now.isBefore(settledAt)) {
            value = Math.min(most, value + Math.max(1, most / 10));
            settledAt = now.plus(period);
        }
    }
}
