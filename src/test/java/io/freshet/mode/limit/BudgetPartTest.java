package io.freshet.mode.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.mode.limit.Budget.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A replica keeps to its part of the budget. */
class BudgetPartTest {

    private static final Instant START = Instant.parse("2026-08-01T00:00:00Z");
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int ALL = Integer.MAX_VALUE;

    @Test
    void shouldGrantNothingBeforeItHasAShare() {
        var budget = new Budget(3, PERIOD);
        claim(budget, 1);

        assertThat(budget.grant(START, ALL)).isEmpty();
        assertThat(budget.nextGrant()).isEmpty();
    }

    @Test
    void shouldUseALargerShareNoEarlierThanTold() {
        var budget = budgetOf(8);
        budget.share(0.25, START);
        claim(budget, 8);
        assertThat(budget.grant(START, ALL)).hasSize(2);

        budget.share(0.5, START.plusSeconds(4));

        assertThat(budget.grant(START.plusMillis(3999), ALL)).isEmpty();
        assertThat(budget.nextGrant()).contains(START.plusSeconds(4));
        assertThat(budget.grant(START.plusSeconds(4), ALL)).hasSize(2);
    }

    @Test
    void shouldKeepToASmallerShareAtOnce() {
        var budget = budgetOf(8);
        claim(budget, 8);
        assertThat(budget.grant(START, 3)).hasSize(3);

        budget.share(0.5, START.plusSeconds(60));

        assertThat(budget.grant(START, ALL)).hasSize(1);
    }

    @Test
    void shouldLoseNothingOfItsShareToRounding() {
        var budget = budgetOf(9);
        claim(budget, 9);

        budget.share(1.0 / 3, START);

        assertThat(budget.grant(START, ALL)).hasSize(3);
    }

    @Test
    void shouldMakeOneRequestInALongerPeriodWhereItsShareIsLessThanOne() {
        var budget = budgetOf(2);
        budget.share(0.25, START);
        claim(budget, 2);
        assertThat(budget.grant(START, ALL)).hasSize(1);

        budget.answered(START);

        assertThat(budget.nextGrant()).contains(START.plusSeconds(20));
        assertThat(budget.grant(START.plusSeconds(20), ALL)).hasSize(1);
    }

    @Test
    void shouldGrantNothingAfterItsLease() {
        var budget = budgetOf(8);
        budget.lease(START.plusSeconds(7));
        claim(budget, 2);

        assertThat(budget.grant(START.plusSeconds(7).minusNanos(1), 1)).hasSize(1);
        assertThat(budget.grant(START.plusSeconds(7), ALL)).isEmpty();
        assertThat(budget.nextGrant()).isEmpty();
        assertThat(budget.use(START.plusSeconds(7)).free()).isZero();
    }

    @Test
    void shouldTakeBackWhatItGrantedFromALargerShare() {
        var budget = budgetOf(4);
        claim(budget, 3);
        budget.grant(START, ALL);
        assertThat(budget.mayLeave(START)).isTrue();

        budget.share(0.5, START);

        assertThat(budget.mayLeave(START)).isFalse();
        budget.unused();
        assertThat(budget.mayLeave(START)).isTrue();
    }

    @Test
    void shouldTakeBackWhatItGrantedBeforeItsLeaseEnded() {
        var budget = budgetOf(4);
        budget.lease(START.plusSeconds(7));
        claim(budget, 1);
        budget.grant(START, ALL);

        assertThat(budget.mayLeave(START.plusSeconds(7).minusNanos(1))).isTrue();
        assertThat(budget.mayLeave(START.plusSeconds(7))).isFalse();
    }

    @Test
    void shouldGoOnWhenTheLeaseIsLonger() {
        var budget = budgetOf(8);
        budget.lease(START);
        claim(budget, 1);
        assertThat(budget.grant(START, ALL)).isEmpty();

        budget.lease(START.plusSeconds(7));

        assertThat(budget.grant(START, ALL)).hasSize(1);
    }

    @Test
    void shouldNotWakeForASlotThatIsFreeAfterTheLease() {
        var budget = budgetOf(1);
        budget.lease(START.plusSeconds(7));
        claim(budget, 2);
        budget.grant(START, ALL);

        budget.answered(START);

        assertThat(budget.nextGrant()).isEmpty();
    }

    private static Budget budgetOf(int requests) {
        var budget = new Budget(requests, PERIOD);
        budget.share(1, START);
        return budget;
    }

    private static void claim(Budget budget, int callers) {
        IntStream.range(0, callers).forEach(number -> budget.claim(new Claim(Lane.POST, START, "", () -> {})));
    }
}
