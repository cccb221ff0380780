package io.freshet.mode.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private static final Instant START = Instant.parse("2026-08-01T00:00:00Z");

    private final CircuitBreaker<String> circuit = new CircuitBreaker<>(() -> 1);

    @Test
    void shouldLetAllThroughWhileModeIsWell() {
        assertThat(circuit.allows(START)).isEqualTo(Integer.MAX_VALUE);
        assertThat(circuit.trouble()).isEmpty();
        assertThat(circuit.opensAt()).hasValueSatisfying(at -> assertThat(at).isBefore(START));
    }

    @Test
    void shouldOpenWhenThreeDifferentSubjectsFailed() {
        fail("a");
        fail("b");
        assertThat(circuit.trouble()).isEmpty();

        fail("c");

        assertThat(circuit.trouble()).contains("c fails");
        assertThat(circuit.allows(START)).isZero();
    }

    @Test
    void shouldStayClosedHoweverOftenOneSubjectFails() {
        IntStream.range(0, 100).forEach(time -> fail("a"));

        assertThat(circuit.trouble()).isEmpty();
        assertThat(circuit.allows(START)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldForgetFailuresAtASuccess() {
        fail("a");
        fail("b");

        circuit.well();
        fail("c");
        fail("d");

        assertThat(circuit.trouble()).isEmpty();
    }

    @Test
    void shouldOpenAtOnceWhenTheCredentialIsRefused() {
        circuit.failed("a", "who are you?", true, 0, START);

        assertThat(circuit.trouble()).contains("who are you?");
        assertThat(circuit.allows(START)).isZero();
    }

    @Test
    void shouldProbeOnceThePauseIsOver() {
        open();

        assertThat(circuit.opensAt()).contains(START.plusSeconds(1));
        assertThat(circuit.allows(START.plusMillis(999))).isZero();
        assertThat(circuit.allows(START.plusSeconds(1))).isEqualTo(1);
    }

    @Test
    void shouldProbeWithOneCallAtATime() {
        open();

        circuit.left();

        assertThat(circuit.allows(START.plusSeconds(60))).isZero();
        assertThat(circuit.opensAt()).isEmpty();
    }

    @Test
    void shouldProbeAgainWhenAProbeIsNotMade() {
        open();
        circuit.left();

        circuit.unused(circuit.probe());

        assertThat(circuit.allows(START.plusSeconds(60))).isEqualTo(1);
    }

    @Test
    void shouldCloseWhenAProbeSucceeds() {
        open();
        circuit.left();

        circuit.well();

        assertThat(circuit.trouble()).isEmpty();
        assertThat(circuit.allows(START)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldDoubleThePauseUpToHalfAMinute() {
        open();

        assertThat(pauses(7)).containsExactly(2000L, 4000L, 8000L, 16_000L, 30_000L, 30_000L, 30_000L);
    }

    @Test
    void shouldTakeAtLeastHalfOfAPause() {
        var hasty = new CircuitBreaker<String>(() -> 0);

        hasty.failed("a", "a fails", true, 0, START);

        assertThat(hasty.opensAt()).contains(START.plusMillis(500));
    }

    @Test
    void shouldBeginWithAShortPauseAfterEachSuccess() {
        open();
        pauses(5);

        circuit.well();
        open();

        assertThat(circuit.opensAt()).contains(START.plusSeconds(1));
    }

    @Test
    void shouldNotLengthenThePauseForCallsThatLeftBeforeItOpened() {
        open();

        IntStream.range(0, 10).forEach(number -> fail("late " + number));

        assertThat(circuit.opensAt()).contains(START.plusSeconds(1));
    }

    @Test
    void shouldGoOnWithTheProbeWhenACallFailsThatLeftBeforeItOpened() {
        open();
        circuit.left();

        fail("late");

        assertThat(circuit.allows(START.plusSeconds(60))).isZero();
        assertThat(circuit.opensAt()).isEmpty();
    }

    @Test
    void shouldGoOnWithTheProbeWhenACallIsNotMadeThatWasLetThroughBeforeItOpened() {
        open();
        circuit.left();

        circuit.unused(0);

        assertThat(circuit.allows(START.plusSeconds(60))).isZero();
    }

    @Test
    void shouldGoOnWithTheProbeWhenAnEarlierProbeFailsAfterAll() {
        open();
        circuit.left();
        var earlier = circuit.probe();
        circuit.well();
        open();
        circuit.left();

        circuit.failed("a", "a fails", false, earlier, START);

        assertThat(circuit.opensAt()).isEmpty();
    }

    private void open() {
        List.of("a", "b", "c").forEach(this::fail);
    }

    private void fail(String subject) {
        circuit.failed(subject, subject + " fails", false, 0, START);
    }

    /** How long it pauses, in milliseconds, after each of so many probes that fail. */
    private List<Long> pauses(int probes) {
        var pauses = new ArrayList<Long>();
        for (var probe = 0; probe < probes; probe++) {
            circuit.left();
            circuit.failed("a", "a fails", false, circuit.probe(), START);
            pauses.add(Duration.between(START, circuit.opensAt().orElseThrow()).toMillis());
        }
        return pauses;
    }
}
