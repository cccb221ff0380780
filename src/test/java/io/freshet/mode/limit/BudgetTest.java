package io.freshet.mode.limit;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final Instant START = Instant.parse("2026-08-01T00:00:00Z");
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int ALL = Integer.MAX_VALUE;

    private record Caller(String name) implements IntConsumer {
        @Override
        public void accept(int probe) {}
    }

    @Test
    void shouldGrantWhatThePeriodAllowsAndNoMore() {
        var budget = budgetOf(3);
        claim(budget, 5, Lane.POST);

        assertThat(budget.grant(START, ALL)).hasSize(3);
        assertThat(budget.grant(START.plus(PERIOD).plus(PERIOD), ALL)).isEmpty();
    }

    @Test
    void shouldGrantNoMoreThanIsAskedFor() {
        var budget = budgetOf(3);
        claim(budget, 3, Lane.POST);

        assertThat(budget.grant(START, 1)).hasSize(1);
        assertThat(budget.grant(START, 0)).isEmpty();
        assertThat(budget.grant(START, ALL)).hasSize(2);
    }

    @Test
    void shouldFreeASlotOnePeriodAfterTheAnswer() {
        var budget = budgetOf(1);
        claim(budget, 2, Lane.POST);
        budget.grant(START, ALL);

        budget.answered(START.plusSeconds(7));

        assertThat(budget.nextGrant()).contains(START.plusSeconds(17));
        assertThat(budget.grant(START.plusSeconds(17).minusNanos(1), ALL)).isEmpty();
        assertThat(budget.grant(START.plusSeconds(17), ALL)).hasSize(1);
    }

    @Test
    void shouldHaveNoMoreUnderWayAtOnceThanAReplicaCanHold() {
        var budget = budgetOf(10_000);
        claim(budget, 10_000, Lane.POST);

        assertThat(budget.grant(START, ALL)).hasSize(Budget.MOST_AT_ONCE);
        assertThat(budget.nextGrant()).isEmpty();

        budget.answered(START);
        assertThat(budget.nextGrant()).isPresent();
        assertThat(budget.grant(START, ALL)).hasSize(1);
    }

    @Test
    void shouldTakeNoAnswerThatIsReadLateForAStrangers() {
        var budget = budgetOf(3);
        claim(budget, 3, Lane.POST);
        budget.grant(START, 2);
        budget.answered(START);
        budget.answered(START);
        var leaves = START.plus(PERIOD).minusSeconds(1);
        budget.grant(leaves, ALL);
        var freedBefore = budget.freed(leaves);

        budget.calm(START.plus(PERIOD).plusSeconds(1), 0, freedBefore);

        assertThat(budget.use(START.plus(PERIOD).plusSeconds(1)).limit()).isEqualTo(3);
    }

    @Test
    void shouldTakeLessWhereAStrangerTakesItsShare() {
        var budget = budgetOf(10);
        claim(budget, 1, Lane.POST);
        budget.grant(START, ALL);

        budget.calm(START.plusSeconds(1), 8, budget.freed(START));

        assertThat(budget.use(START.plusSeconds(1)).limit()).isEqualTo(5);
    }

    @Test
    void shouldFreeASlotAtOnceThatWasNotUsed() {
        var budget = budgetOf(1);
        claim(budget, 2, Lane.POST);
        budget.grant(START, ALL);

        budget.unused();

        assertThat(budget.grant(START, ALL)).hasSize(1);
    }

    @Test
    void shouldKnowNoNextGrantWhereNobodyWaits() {
        var budget = budgetOf(1);
        claim(budget, 1, Lane.POST);
        budget.grant(START, ALL);
        budget.answered(START);

        assertThat(budget.nextGrant()).isEmpty();
    }

    @Test
    void shouldKnowNoNextGrantWhereOnlyAnAnswerCanFreeASlot() {
        var budget = budgetOf(1);
        claim(budget, 2, Lane.POST);

        budget.grant(START, ALL);

        assertThat(budget.nextGrant()).isEmpty();
    }

    @Test
    void shouldPauseForAPeriodWhereModeNamesNoPause() {
        var budget = budgetOf(3);
        claim(budget, 1, Lane.POST);

        budget.throttled(START, Duration.ZERO);

        assertThat(budget.nextGrant()).contains(START.plus(PERIOD));
        assertThat(budget.grant(START.plus(PERIOD).minusNanos(1), ALL)).isEmpty();
        assertThat(budget.grant(START.plus(PERIOD), ALL)).hasSize(1);
    }

    @Test
    void shouldPauseForAsLongAsModeAsks() {
        var budget = budgetOf(3);
        claim(budget, 1, Lane.POST);

        budget.throttled(START, Duration.ofSeconds(3));

        assertThat(budget.grant(START.plusSeconds(3).minusNanos(1), ALL)).isEmpty();
        assertThat(budget.grant(START.plusSeconds(3), ALL)).hasSize(1);
    }

    @Test
    void shouldKeepTheLongerOfTwoPauses() {
        var budget = budgetOf(3);
        claim(budget, 1, Lane.POST);

        budget.throttled(START, Duration.ofSeconds(60));
        budget.throttled(START.plusSeconds(1), Duration.ofSeconds(2));

        assertThat(budget.nextGrant()).contains(START.plusSeconds(60));
    }

    @Test
    void shouldWaitForTheSlotAndThePauseBoth() {
        var budget = budgetOf(1);
        claim(budget, 2, Lane.POST);
        budget.grant(START, ALL);
        budget.answered(START);

        budget.throttled(START, Duration.ofSeconds(3));

        assertThat(budget.nextGrant()).contains(START.plus(PERIOD));
        assertThat(budget.grant(START.plusSeconds(3), ALL)).isEmpty();
    }

    @Test
    void shouldKeepTheShareOfEachLaneWhereAllWait() {
        var budget = budgetOf(25);
        Stream.of(Lane.values()).forEach(lane -> claim(budget, 25, lane));

        var granted = budget.grant(START, ALL);

        assertThat(granted.get(0).lane()).isEqualTo(Lane.POST);
        assertThat(perLane(granted))
                .isEqualTo(Map.of(Lane.POST, 20L, Lane.ASK, 1L, Lane.RESOLVE, 3L, Lane.BACKFILL, 1L));
    }

    @Test
    void shouldLetAChangePassABackfillOf500Reports() {
        var budget = budgetOf(40);
        claim(budget, 500, Lane.BACKFILL);
        var posted = budget.grant(START, ALL).size();
        assertThat(posted).as("a part is left alone").isEqualTo(32);
        assertThat(budget.nextGrant()).as("until an answer").isEmpty();

        claim(budget, 4, Lane.RESOLVE);
        assertThat(budget.grant(START.plusSeconds(1), ALL)).hasSize(4);
        claim(budget, 1, Lane.POST);
        assertThat(budget.grant(START.plusSeconds(1), ALL))
                .extracting(claim -> claim.lane())
                .startsWith(Lane.POST);
    }

    @Test
    void shouldGoOnWithABackfillWhereOthersPostAllTheTime() {
        var budget = budgetOf(40);
        claim(budget, 500, Lane.BACKFILL);
        claim(budget, 500, Lane.POST);

        assertThat(perLane(budget.grant(START, ALL))).isEqualTo(Map.of(Lane.POST, 38L, Lane.BACKFILL, 2L));
    }

    @Test
    void shouldServeEveryLaneThatWaitsWithinAFewGrants() {
        var budget = budgetOf(24);
        Stream.of(Lane.values()).forEach(lane -> claim(budget, 24, lane));

        var granted = budget.grant(START, ALL);

        assertThat(perLane(granted.subList(0, 18))).containsOnlyKeys(Lane.values());
    }

    @Test
    void shouldLeaveTheWholeBudgetToTheOnlyLaneThatWaits() {
        var budget = budgetOf(20);
        claim(budget, 30, Lane.RESOLVE);

        assertThat(budget.grant(START, ALL)).hasSize(20).allMatch(claim -> claim.lane() == Lane.RESOLVE);
    }

    @Test
    void shouldNotSaveUpTheShareOfALaneWhereNobodyWaits() {
        var budget = budgetOf(150);
        claim(budget, 200, Lane.POST);
        budget.grant(START, 100);
        claim(budget, 42, Lane.ASK);

        var granted = budget.grant(START, 42);

        assertThat(perLane(granted).get(Lane.ASK)).isBetween(2L, 3L);
    }

    @Test
    void shouldServeTheEarliestPriorityOfALaneFirst() {
        var budget = budgetOf(3);
        budget.claim(claimOf("newest", START.plusSeconds(2)));
        budget.claim(claimOf("oldest", START));
        budget.claim(claimOf("middle", START.plusSeconds(1)));

        assertThat(names(budget.grant(START, ALL))).containsExactly("oldest", "middle", "newest");
    }

    @Test
    void shouldServeEqualPrioritiesInTheOrderTheyCame() {
        var budget = budgetOf(20);
        var names =
                IntStream.range(0, 20).mapToObj(number -> "caller " + number).toList();
        names.forEach(name -> budget.claim(claimOf(name, START)));

        assertThat(names(budget.grant(START, ALL))).isEqualTo(names);
    }

    private static Budget budgetOf(int requests) {
        var budget = new Budget(requests, PERIOD);
        budget.own(START, TakeOver.unused());
        return budget;
    }

    private static void claim(Budget budget, int callers, Lane lane) {
        IntStream.range(0, callers).forEach(number -> budget.claim(new Claim(lane, START, "", new Caller("any"))));
    }

    @Test
    void shouldLetThoseGoTogetherWhoKeepCompany() {
        var budget = budgetOf(10);
        for (var name : List.of("b1", "a1", "b2", "a2", "b3")) {
            budget.claim(new Claim(Lane.POST, START, name.substring(0, 1), new Caller(name)));
        }
        budget.claim(new Claim(Lane.POST, START.minusSeconds(1), "z", new Caller("older")));

        assertThat(names(budget.grant(START, ALL))).containsExactly("older", "a1", "a2", "b1", "b2", "b3");
    }

    private static Claim claimOf(String name, Instant priority) {
        return new Claim(Lane.POST, priority, "", new Caller(name));
    }

    private static List<String> names(List<Claim> claims) {
        return claims.stream().map(claim -> ((Caller) claim.granted()).name()).toList();
    }

    private static Map<Lane, Long> perLane(List<Claim> claims) {
        return claims.stream().collect(groupingBy(Claim::lane, counting()));
    }
}
