package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.mode.limit.Budget;
import io.freshet.mode.limit.CircuitBreaker;
import io.freshet.mode.limit.Lane;
import io.freshet.testing.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whoever gives up waiting must not take the place of others with it. */
class GateTest {

    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final Gate gate = gate(Clock.systemUTC(), new CircuitBreaker(() -> 0));

    /** One call in a period. */
    private static Gate gate(Clock clock, CircuitBreaker circuit) {
        var gate = new Gate("acme", new Budget(1, PERIOD), circuit, clock, new SimpleMeterRegistry());
        gate.share(1, Instant.EPOCH);
        return gate;
    }

    private Permit granted() {
        return granted(gate);
    }

    private static Permit granted(Gate gate) {
        return gate.permit(Lane.POST, Instant.EPOCH, "")
                .subscribeAsCompletionStage()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void shouldForgetWhoGaveUpBeforeTheGrant() {
        var permit = granted();
        var impatient = gate.permit(Lane.POST, Instant.EPOCH, "").subscribe().with(never -> {
            throw new AssertionError("granted after all");
        });
        assertThat(gate.use().waiting()).isEqualTo(1);

        impatient.cancel();

        assertThat(gate.use().waiting()).isZero();
        permit.giveBack();
        assertThat(gate.use().free()).isEqualTo(1);
    }

    /** The request may have reached Mode just before. */
    @Test
    void shouldFreeTheSlotOfACallThatIsDroppedOnePeriodLater() {
        var clock = new SettableClock();
        var gate = gate(clock, new CircuitBreaker(() -> 0));
        var permit = granted(gate);
        permit.spend();

        permit.end(() -> gate.dropped(permit));

        clock.advance(PERIOD.minusMillis(1));
        assertThat(gate.use().free()).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(gate.use().free()).isEqualTo(1);
    }

    @Test
    void shouldProbeAgainWhenAProbeIsDropped() {
        var clock = new SettableClock();
        var circuit = new CircuitBreaker(() -> 0);
        circuit.failed("a", "who are you?", true, 0, clock.instant());
        clock.advance(PERIOD);
        var gate = gate(clock, circuit);
        var probe = granted(gate);
        probe.spend();

        probe.end(() -> gate.dropped(probe));

        assertThat(gate.trouble()).as("a call without an answer says nothing").contains("who are you?");
        clock.advance(PERIOD);
        assertThat(granted(gate).probe()).isPositive();
    }

    @Test
    void shouldCountACallOnceThatIsAnsweredAndDroppedAtOnce() {
        var permit = granted();
        permit.spend();

        permit.end(() -> gate.answered(permit, "a", new Answer.Success<>("a run")));
        permit.end(() -> gate.dropped(permit));
        permit.giveBack();

        assertThat(gate.use().free()).isZero();
    }

    /** At any moment between the grant and its arrival. */
    @Test
    void shouldTakeBackWhatWasGrantedToWhoGaveUpMeanwhile() {
        for (var n = 0; n < 500; n++) {
            gate.permit(Lane.POST, Instant.EPOCH, "")
                    .subscribe()
                    .with(Permit::giveBack)
                    .cancel();
        }

        assertThat(granted()).isNotNull();
    }
}
