package io.freshet.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ReportKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DoubtfulRunsTest {

    private static final ReportKey REPORT = new ReportKey("acme", "a1");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATE = NOON.plus(Duration.ofMinutes(5));

    private final DoubtfulRuns doubts = new DoubtfulRuns(Duration.ofMinutes(5));

    @Test
    void shouldCountFromTheFirstAnswerThatSaysNothingClear() {
        doubts.doubt(REPORT, "run1", NOON, 7);
        doubts.doubt(REPORT, "run1", NOON.plusSeconds(200), 9);

        assertThat(doubts.isTooLong(REPORT, "run1", LATE.minusMillis(1))).isFalse();
        assertThat(doubts.isTooLong(REPORT, "run1", LATE)).isTrue();
    }

    @Test
    void shouldCountAnewForAnotherRunAndAfterAClearAnswer() {
        doubts.doubt(REPORT, "run1", NOON, 7);
        doubts.doubt(REPORT, "run2", NOON.plusSeconds(200), 7);

        assertThat(doubts.isTooLong(REPORT, "run1", LATE)).isFalse();
        assertThat(doubts.isTooLong(REPORT, "run2", LATE)).isFalse();
        assertThat(doubts.isTooLong(REPORT, "run2", LATE.plusSeconds(200))).isTrue();
        doubts.clear(REPORT);
        assertThat(doubts.isTooLong(REPORT, "run2", LATE.plusSeconds(200))).isFalse();
    }

    @Test
    void shouldKnowWhetherModeHasAnsweredOthersSince() {
        assertThat(doubts.othersAreAnswered(REPORT, 8)).isFalse();

        doubts.doubt(REPORT, "run1", NOON, 7);

        assertThat(doubts.othersAreAnswered(REPORT, 7)).isFalse();
        assertThat(doubts.othersAreAnswered(REPORT, 8)).isTrue();
    }
}
