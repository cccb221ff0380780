package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever Mode stamps from now on must not be taken for older than now. */
class ModeClockTest {

    private final SettableClock ours = new SettableClock();
    private final ModeClock clock = new ModeClock(ours);

    private Instant mode(long ahead) {
        return ours.instant().plusSeconds(ahead);
    }

    private void answers(long ahead) {
        clock.heard(Optional.of(
                DateTimeFormatter.RFC_1123_DATE_TIME.format(mode(ahead).atOffset(ZoneOffset.UTC))));
        ours.advance(Duration.ofMillis(370));
    }

    private void answers(int times, long ahead) {
        IntStream.range(0, times).forEach(n -> answers(ahead));
    }

    @Test
    void shouldTolerateTenMinutesBeforeTheFirstAnswer() {
        assertThat(clock.skew()).isEmpty();
        assertThat(clock.earliestNow()).isEqualTo(mode(-600));
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600, -10, 10, 3_600})
    void shouldTrustAFewAnswersNoMoreThanItsOwnClock(long ahead) {
        answers(2, ahead);

        assertThat(clock.earliestNow()).isBeforeOrEqualTo(mode(Math.min(ahead, 0) - 600));
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600, -10, 0, 10, 3_600})
    void shouldKnowModesTimeAfterSeveralAnswersButForWhatTwoOfItsMachinesMayDiffer(long ahead) {
        answers(16, ahead);

        assertThat(clock.earliestNow()).isBetween(mode(ahead - 124), mode(ahead - 122));
        assertThat(clock.skew()).hasValueSatisfying(skew -> assertThat(skew)
                .isBetween(Duration.ofSeconds(ahead - 1), Duration.ofSeconds(ahead)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, 86_400})
    void shouldNotBeMovedByOneOddAnswerOfSeveral(long odd) {
        answers(4, 0);
        answers(odd);
        answers(2, 0);

        assertThat(clock.earliestNow()).isBetween(mode(-124), mode(-122));
    }

    @Test
    void shouldTolerateAsMuchAsTheMachinesThatAnswerDiffer() {
        IntStream.range(0, 8).forEach(n -> {
            answers(0);
            answers(-30);
        });

        assertThat(clock.earliestNow()).isBetween(mode(-154), mode(-152));
    }

    @Test
    void shouldFollowModesClockWhenThatIsSet() {
        answers(16, 0);

        answers(16, -120);

        assertThat(clock.earliestNow()).isBetween(mode(-244), mode(-242));
    }

    /** The answer to a POST was half a second on its way. */
    @ParameterizedTest
    @ValueSource(longs = {-90, -60, 0, 60, 90})
    void shouldKnowWhatModeStampsByWhatItHasStamped(long byAnother) {
        answers(4, 30);
        IntStream.range(0, 4).forEach(n -> clock.stamped(mode(30 + byAnother).minusMillis(500)));

        assertThat(clock.earliestNow()).isEqualTo(mode(30 + byAnother).minusMillis(10_500));
        assertThat(clock.skew()).hasValueSatisfying(skew -> assertThat(skew).isLessThan(Duration.ofSeconds(31)));
    }

    @Test
    void shouldNotBelieveAStampThatIsFarFromItsDate() {
        answers(4, 0);
        IntStream.range(0, 9).forEach(n -> clock.stamped(mode(n < 5 ? -86_400 : 0)));

        assertThat(clock.earliestNow()).isEqualTo(mode(-10));
    }

    @Test
    void shouldTolerateAnotherMachinesDateWhateverItShows() {
        for (var between = -60; between <= 60; between += 20) {
            var one = new ModeClock(ours);
            var date = mode(between);
            IntStream.range(0, 16)
                    .forEach(n -> one.heard(
                            Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC)))));

            assertThat(one.earliestNow()).isBefore(mode(0));
        }
    }

    @Test
    void shouldKnowThatItWasAnsweredWithoutADateToo() {
        assertThat(clock.wasAnswered()).isFalse();

        clock.heard(Optional.empty());

        assertThat(clock.wasAnswered()).isTrue();
        assertThat(clock.earliestNow()).isEqualTo(mode(-600));
    }

    @Test
    void shouldNeverTakeWhatModeStampsFromNowOnForOlder() {
        var random = new Random(7);
        for (var n = 0; n < 500; n++) {
            answers(-10);
            ours.advance(Duration.ofMillis(random.nextInt(5_000)));

            assertThat(clock.earliestNow()).isBeforeOrEqualTo(mode(-10));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "Thu, 01 Jan 2026 25:00:00 GMT"})
    void shouldLearnNothingFromWhatIsNoDate(String date) {
        clock.heard(Optional.of(date));

        assertThat(clock.skew()).isEmpty();
        assertThat(clock.now()).isEmpty();
    }

    private void stamps(int times, long ahead) {
        IntStream.range(0, times).forEach(n -> clock.stamped(mode(ahead)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600, 0, 3_600})
    void shouldSayWhenSomethingWasByModesClock(long ahead) {
        answers(16, ahead);
        stamps(4, ahead);

        assertThat(clock.about(Duration.ofSeconds(100)))
                .hasValueSatisfying(at -> assertThat(at).isBetween(mode(ahead - 101), mode(ahead - 100)));
        assertThat(clock.latest(Duration.ofSeconds(100)))
                .as("the age may be up to a twentieth too high")
                .isBetween(mode(ahead - 90), mode(ahead - 84));
    }

    @Test
    void shouldTellNothingForLaterThanItWasBeforeItKnowsModesTime() {
        assertThat(clock.about(Duration.ZERO)).isEmpty();
        assertThat(clock.latest(Duration.ZERO)).isEqualTo(mode(600));

        answers(2, 30);
        assertThat(clock.latest(Duration.ZERO)).isAfterOrEqualTo(mode(629));
    }

    /** Or its machine was moved: for Mode more time has passed than for us. */
    @ParameterizedTest
    @ValueSource(ints = {0, 16})
    void shouldSayAtOnceThatItMayBeLaterAfterASleep(int stamped) {
        answers(16, 0);
        stamps(stamped, 0);

        answers(300);

        assertThat(clock.latest(Duration.ZERO)).isAfterOrEqualTo(mode(300));
    }
}
