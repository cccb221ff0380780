package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.limit.Budget;
import io.freshet.mode.limit.CircuitBreaker;
import io.freshet.mode.limit.Lane;
import io.freshet.mode.limit.Moment;
import io.freshet.mode.limit.TakeOver;
import io.freshet.testing.SettableClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whoever gives up waiting must not take the place of others with it. */
class GateTest {

    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final Gate gate = gate(Clock.systemUTC(), new CircuitBreaker<>(() -> 0));

    /** One call in a period. */
    private static Gate gate(Clock clock, CircuitBreaker<Failure<?>> circuit) {
        return gate(new Budget(1, PERIOD), clock, circuit);
    }

    private static Gate gate(Budget budget, Clock clock, CircuitBreaker<Failure<?>> circuit) {
        var gate = new Gate(
                "acme",
                budget,
                circuit,
                Clocks.of(clock),
                Infrastructure.getDefaultExecutor(),
                Infrastructure.getDefaultWorkerPool(),
                new SimpleMeterRegistry());
        gate.own(TakeOver.unused());
        return gate;
    }

    /** Two clocks, of which only one is set. */
    private static Gate gate(Clock wall, Clock monotonic, MeterRegistry metrics) {
        var clocks = new Clocks(wall, monotonic, monotonic);
        return new Gate(
                "acme",
                new Budget(1, PERIOD),
                new CircuitBreaker<>(() -> 0),
                clocks,
                Infrastructure.getDefaultExecutor(),
                Infrastructure.getDefaultWorkerPool(),
                metrics);
    }

    private static double gauge(MeterRegistry metrics, String name) {
        return metrics.get(name).tag("account", "acme").gauge().value();
    }

    private Permit granted() {
        return granted(gate);
    }

    private static Permit granted(Gate gate) {
        return gate.permit(Lane.POST, Instant.EPOCH)
                .subscribeAsCompletionStage()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void shouldForgetWhoGaveUpBeforeTheGrant() {
        var permit = granted();
        var impatient = gate.permit(Lane.POST, Instant.EPOCH).subscribe().with(never -> {
            throw new AssertionError("granted after all");
        });
        assertThat(gate.use().waiting()).isEqualTo(1);

        impatient.cancel();

        assertThat(gate.use().waiting()).isZero();
        permit.giveBack();
        assertThat(gate.use().free()).isEqualTo(1);
    }

    /** So that the limit is handed over, not lost for a period. */
    @Test
    void shouldGrantNothingMoreOnceItLeavesAndEndWithTheLastCall() {
        var two = gate(new Budget(2, PERIOD), Clock.systemUTC(), new CircuitBreaker<>(() -> 0));
        var permit = granted(two);

        var left = two.leave().toCompletableFuture();
        two.whenPermitted(Lane.POST, Instant.EPOCH, "", Permit::giveBack);

        assertThat(left).isNotDone();
        assertThat(two.use().waiting()).isEqualTo(1);
        assertThat(two.mayLeave()).isFalse();
        assertThat(two.isOwned()).as("it can be handed over").isTrue();
        permit.giveBack();
        assertThat(left).isCompleted();
        two.disown();
        two.own(TakeOver.unused());
        assertThat(two.use().waiting()).as("granted again").isZero();
    }

    /** The request may have reached Mode just before. */
    @Test
    void shouldFreeTheSlotOfACallThatIsDroppedOnePeriodLater() {
        var clock = new SettableClock();
        var gate = gate(clock, new CircuitBreaker<>(() -> 0));
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
        var circuit = new CircuitBreaker<Failure<?>>(() -> 0);
        var refused = new Failure<String>(Kind.UNAUTHORISED, 401, "who are you?", Duration.ZERO);
        circuit.failed("a", refused, true, 0, clock.instant());
        clock.advance(PERIOD);
        var gate = gate(clock, circuit);
        var probe = granted(gate);
        probe.spend();

        probe.end(() -> gate.dropped(probe));

        assertThat(gate.trouble()).as("a call without an answer says nothing").contains(new Trouble.OfCalls(refused));
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
            gate.permit(Lane.POST, Instant.EPOCH)
                    .subscribe()
                    .with(Permit::giveBack)
                    .cancel();
        }

        assertThat(granted()).isNotNull();
    }

    @Test
    void shouldKeepCallsBackWhenTheLeaseIsOverByEitherClock() {
        for (var late : List.of("wall", "monotonic")) {
            var wall = new SettableClock();
            var monotonic = new SettableClock();
            var gate = gate(wall, monotonic, new SimpleMeterRegistry());
            gate.own(TakeOver.unused());
            gate.lease(new Moment(wall.instant(), monotonic.instant()).plus(Duration.ofSeconds(7)));
            granted(gate);
            assertThat(gate.mayLeave()).isTrue();

            (late.equals("wall") ? wall : monotonic).advance(Duration.ofSeconds(7));

            assertThat(gate.mayLeave()).as(late).isFalse();
            assertThat(gate.trouble()).as(late).isPresent();
        }
    }

    /** An hour back once stopped all calls for an hour, and an hour forward freed all slots at once. */
    @Test
    void shouldCountTheLimitByTheMonotonicClockAlone() {
        var wall = new SettableClock();
        var monotonic = new SettableClock();
        var gate = gate(wall, monotonic, new SimpleMeterRegistry());
        gate.own(TakeOver.unused());
        var permit = granted(gate);
        permit.spend();
        permit.end(() -> gate.answered(permit, "a", new Answer.Success<>("a run")));

        wall.advance(Duration.ofDays(1));
        assertThat(gate.use().free()).isZero();

        wall.advance(Duration.ofDays(-2));
        monotonic.advance(PERIOD);
        assertThat(gate.use().free()).isEqualTo(1);
    }

    @Test
    void shouldShowWhetherTheWorkspaceIsOwnedAndItsCallsArePaused() {
        var clock = new SettableClock();
        var metrics = new SimpleMeterRegistry();
        var gate = gate(clock, clock, metrics);
        assertThat(gauge(metrics, "freshet.workspace.owned")).isZero();
        assertThat(gauge(metrics, "freshet.workspace.paused")).isZero();

        gate.own(TakeOver.unclean(PERIOD));
        assertThat(gauge(metrics, "freshet.workspace.owned")).isEqualTo(1);
        assertThat(gauge(metrics, "freshet.workspace.paused")).isEqualTo(1);

        clock.advance(PERIOD);
        assertThat(gauge(metrics, "freshet.workspace.paused")).isZero();

        gate.lease(new Moment(clock.instant(), clock.instant()));
        assertThat(gauge(metrics, "freshet.workspace.paused")).isEqualTo(1);

        gate.disown();
        assertThat(gauge(metrics, "freshet.workspace.owned")).isZero();
        assertThat(gauge(metrics, "freshet.workspace.paused")).isZero();
    }

    /** Or a replica that stands by would not be ready, until it owns and calls the workspace again. */
    @Test
    void shouldForgetModesTroubleWithTheWorkspace() {
        var gate = gate(new Budget(2, PERIOD), Clock.systemUTC(), new CircuitBreaker<>(() -> 0));
        var late = granted(gate);
        var first = granted(gate);
        fails(gate, first);
        assertThat(gate.circuitTrouble()).isPresent();

        gate.disown();
        fails(gate, late);

        assertThat(gate.circuitTrouble()).isEmpty();
    }

    private static void fails(Gate gate, Permit permit) {
        gate.answered(permit, "report1", Answers.failure(Kind.UNREACHABLE, 0, "refused"));
    }
}
