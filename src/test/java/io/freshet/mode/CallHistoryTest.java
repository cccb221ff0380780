package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.mode.limit.Lane;
import io.freshet.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What was called lately, ten seconds at a time. */
class CallHistoryTest {

    private static final Instant FIRST = Instant.parse("2026-08-01T07:38:40Z");

    private final SettableClock clock = new SettableClock();
    private final CallHistory calls = new CallHistory(clock);

    @Test
    void shouldCountByLaneAndWhatWasThrottled() {
        calls.answered(Lane.POST, false);
        calls.answered(Lane.POST, true);
        clock.advance(Duration.ofSeconds(5));
        calls.answered(Lane.ASK, false);

        assertThat(calls.spans()).singleElement().satisfies(span -> {
            assertThat(span.from()).isEqualTo(FIRST);
            assertThat(span.answered(Lane.POST)).isEqualTo(2);
            assertThat(span.answered(Lane.ASK)).isEqualTo(1);
            assertThat(span.answered(Lane.BACKFILL)).isZero();
            assertThat(span.throttled()).isEqualTo(1);
        });
    }

    @Test
    void shouldShowAlsoWhenNothingWasCalled() {
        calls.answered(Lane.POST, false);
        clock.advance(Duration.ofSeconds(30));
        calls.answered(Lane.POST, false);
        calls.answered(Lane.POST, false);

        assertThat(calls.spans()).extracting(span -> span.answered(Lane.POST)).containsExactly(1, 0, 0, 2);
        assertThat(calls.spans())
                .extracting(CallsInSpan::from)
                .isSorted()
                .last()
                .isEqualTo(FIRST.plusSeconds(30));
    }

    @Test
    void shouldKeepAQuarterOfAnHourAndNoMore() {
        calls.answered(Lane.POST, false);
        clock.advance(CallHistory.SPAN.multipliedBy(CallHistory.SPANS - 1));
        assertThat(calls.spans()).hasSize(90);
        assertThat(calls.spans().get(0).answered(Lane.POST)).isEqualTo(1);

        clock.advance(CallHistory.SPAN);
        assertThat(calls.spans()).hasSize(90);
        assertThat(calls.spans().get(0).answered(Lane.POST)).isZero();

        calls.answered(Lane.POST, false);
        clock.advance(Duration.ofDays(30));
        assertThat(calls.spans()).hasSize(90).allSatisfy(span -> assertThat(span.answered())
                .isEmpty());
        assertThat(calls.spans().get(89).from())
                .isEqualTo(FIRST.plus(Duration.ofDays(30)).plus(Duration.ofMinutes(15)));
    }

    @Test
    void shouldGoOnWhereItWasIfTheClockIsSetBack() {
        clock.advance(Duration.ofMinutes(-1));
        calls.answered(Lane.POST, false);

        assertThat(calls.spans()).singleElement().satisfies(span -> assertThat(span.answered(Lane.POST))
                .isEqualTo(1));
    }
}
