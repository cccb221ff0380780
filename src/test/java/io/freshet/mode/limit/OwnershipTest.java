package io.freshet.mode.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The owner has the whole limit, and knows what its predecessor left of it. */
class OwnershipTest {

    private static final Instant START = Instant.parse("2026-08-01T00:00:00Z");
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int ALL = Integer.MAX_VALUE;

    @Test
    void shouldGrantNothingBeforeItIsTheOwner() {
        var budget = new Budget(3, PERIOD);
        claim(budget, 1);

        assertThat(budget.isOwned()).isFalse();
        assertThat(budget.grant(START, ALL)).isEmpty();
        assertThat(budget.nextGrant()).isEmpty();
        assertThat(budget.use(START).capacity()).isZero();
        assertThat(budget.use(START).limit()).isEqualTo(3);
        assertThat(budget.use(START).free()).isZero();
        assertThat(budget.use(START).waiting()).isEqualTo(1);
    }

    @Test
    void shouldHaveAllOfTheLimitWhenNobodyCalledBefore() {
        var budget = owned(8, TakeOver.unused());
        claim(budget, 9);

        assertThat(budget.grant(START, ALL)).hasSize(8);
    }

    @Test
    void shouldCountThePredecessorsCallsFromWhenItReadsOfThem() {
        var budget = owned(3, TakeOver.clean(List.of(Duration.ofSeconds(9), Duration.ofSeconds(4)), Duration.ZERO));
        claim(budget, 3);

        assertThat(budget.grant(START, ALL)).hasSize(1);
        assertThat(budget.nextGrant()).contains(START.plusSeconds(4));
        assertThat(budget.grant(START.plusSeconds(4), ALL)).hasSize(1);
        assertThat(budget.grant(START.plusSeconds(9), ALL)).hasSize(1);
    }

    @Test
    void shouldKeepThePauseThatModeAskedThePredecessorFor() {
        var budget = owned(3, TakeOver.clean(List.of(), Duration.ofSeconds(6)));
        claim(budget, 1);

        assertThat(budget.grant(START.plusMillis(5_999), ALL)).isEmpty();
        assertThat(budget.isPaused(START.plusMillis(5_999))).isTrue();
        assertThat(budget.grant(START.plusSeconds(6), ALL)).hasSize(1);
    }

    @Test
    void shouldLetNothingLeaveWhileCallsThatNobodyKnowsMayCount() {
        var budget = owned(3, TakeOver.unclean(Duration.ofSeconds(7)));
        claim(budget, 4);

        assertThat(budget.nextGrant()).contains(START.plusSeconds(7));
        assertThat(budget.grant(START.plusMillis(6_999), ALL)).isEmpty();
        assertThat(budget.grant(START.plusSeconds(7), ALL)).hasSize(3);
    }

    @Test
    void shouldBeginAgainOnlyWhenItBecomesTheOwnerAnew() {
        var budget = owned(3, TakeOver.unused());

        budget.own(START, TakeOver.unclean(PERIOD));

        assertThat(budget.isPaused(START)).isFalse();
    }

    @Test
    void shouldHandOverHowLongEachCallStillCounts() {
        var budget = owned(3, TakeOver.unused());
        begin(budget, 2);
        budget.answered(START.plusSeconds(1));
        budget.answered(START.plusSeconds(3));
        budget.throttled(START.plusSeconds(3), Duration.ofSeconds(30));

        var handOver = budget.handOver(START.plusSeconds(5));

        assertThat(handOver)
                .contains(new HandOver(List.of(Duration.ofSeconds(6), Duration.ofSeconds(8)), Duration.ofSeconds(28)));
    }

    @Test
    void shouldHandOverNothingWhileACallIsUnderWay() {
        var budget = owned(3, TakeOver.unused());
        begin(budget, 1);

        assertThat(budget.handOver(START)).isEmpty();
        assertThat(budget.isOwned()).isTrue();

        budget.unused();
        assertThat(budget.handOver(START)).contains(new HandOver(List.of(), Duration.ZERO));
    }

    @Test
    void shouldGrantNothingAfterItHandedOver() {
        var budget = owned(3, TakeOver.unused());
        claim(budget, 1);

        assertThat(budget.handOver(START)).isPresent();

        assertThat(budget.isOwned()).isFalse();
        assertThat(budget.grant(START, ALL)).isEmpty();
    }

    @Test
    void shouldHandOverTheSameAgainIfThatWasNotHeard() {
        var budget = owned(1, TakeOver.clean(List.of(Duration.ofSeconds(4)), Duration.ZERO));

        assertThat(budget.handOver(START)).isEqualTo(budget.handOver(START)).isPresent();
    }

    @Test
    void shouldHandOverAfterItIsDisownedWhenTheLastAnswerHasCome() {
        var budget = owned(3, TakeOver.unused());
        begin(budget, 1);
        budget.disown();
        assertThat(budget.handOver(START)).isEmpty();

        budget.answered(START);

        assertThat(budget.handOver(START)).contains(new HandOver(List.of(PERIOD), Duration.ZERO));
    }

    @Test
    void shouldTakeBackWhatItGrantedWhenItIsDisowned() {
        var budget = owned(4, TakeOver.unused());
        begin(budget, 1);
        assertThat(budget.mayLeave(START)).isTrue();

        budget.disown();

        assertThat(budget.mayLeave(START)).isFalse();
        budget.own(START, TakeOver.unclean(PERIOD));
        assertThat(budget.mayLeave(START))
                .as("others may have called meanwhile")
                .isFalse();
    }

    @Test
    void shouldCountACallOnceThatComesBackToIt() {
        var budget = owned(2, TakeOver.unused());
        begin(budget, 1);
        budget.answered(START);
        var left = budget.handOver(START).orElseThrow();

        budget.own(START, TakeOver.clean(left.remaining(), left.pause()));

        assertThat(budget.use(START).free()).isEqualTo(1);
    }

    @Test
    void shouldCountItsOwnCallThatWasAnsweredAfterTheWorkspaceWasLost() {
        var budget = owned(2, TakeOver.unused());
        begin(budget, 1);
        budget.disown();
        budget.answered(START.plusSeconds(5));

        budget.own(START.plusSeconds(6), TakeOver.clean(List.of(), Duration.ZERO));

        assertThat(budget.use(START.plusSeconds(14)).free()).isEqualTo(1);
        assertThat(budget.use(START.plusSeconds(15)).free()).isEqualTo(2);
    }

    @Test
    void shouldGrantNothingAfterItsLease() {
        var budget = owned(8, TakeOver.unused());
        budget.lease(START.plusSeconds(7));
        claim(budget, 2);

        assertThat(budget.grant(START.plusSeconds(7).minusNanos(1), 1)).hasSize(1);
        assertThat(budget.grant(START.plusSeconds(7), ALL)).isEmpty();
        assertThat(budget.nextGrant()).isEmpty();
        assertThat(budget.use(START.plusSeconds(7)).free()).isZero();
    }

    @Test
    void shouldTakeBackWhatItGrantedBeforeItsLeaseEnded() {
        var budget = owned(4, TakeOver.unused());
        budget.lease(START.plusSeconds(7));
        claim(budget, 1);
        budget.grant(START, ALL);

        assertThat(budget.mayLeave(START.plusSeconds(7).minusNanos(1))).isTrue();
        assertThat(budget.mayLeave(START.plusSeconds(7))).isFalse();
    }

    @Test
    void shouldGoOnWhenTheLeaseIsLonger() {
        var budget = owned(8, TakeOver.unused());
        budget.lease(START);
        claim(budget, 1);
        assertThat(budget.grant(START, ALL)).isEmpty();

        budget.lease(START.plusSeconds(7));

        assertThat(budget.grant(START, ALL)).hasSize(1);
    }

    @Test
    void shouldNotWakeForASlotThatIsFreeAfterTheLease() {
        var budget = owned(1, TakeOver.unused());
        budget.lease(START.plusSeconds(7));
        claim(budget, 2);
        budget.grant(START, ALL);

        budget.answered(START);

        assertThat(budget.nextGrant()).isEmpty();
    }

    private static Budget owned(int requests, TakeOver how) {
        var budget = new Budget(requests, PERIOD);
        budget.own(START, how);
        return budget;
    }

    private static void claim(Budget budget, int callers) {
        IntStream.range(0, callers).forEach(number -> budget.claim(new Claim(Lane.POST, START, "", probe -> {})));
    }

    /** So many calls leave. */
    private static void begin(Budget budget, int calls) {
        claim(budget, calls);
        assertThat(budget.grant(START, calls)).hasSize(calls);
    }
}
