package io.freshet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Change;
import io.freshet.event.ChangeRef;
import io.freshet.event.RecordPlace;
import io.freshet.event.Target;
import io.freshet.event.Target.DataSource;
import io.freshet.event.Target.Datasets;
import io.freshet.event.Target.Space;
import io.freshet.event.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoalescerTest {

    private static final Instant START = Instant.parse("2026-08-01T00:00:00Z");
    private static final Target ORDERS = new DataSource("843786b025e5");

    private boolean isHeld;
    private final Coalescer coalescer =
            new Coalescer(Duration.ofSeconds(2), Duration.ofSeconds(5), (account, target) -> isHeld);

    // --- fairness

    /** Each batch of the flood wants calls to Mode, and whoever came before goes first there. */
    @Test
    void shouldLetTheManyTargetsOfOneSourceKeepNoOtherSourceWaiting() {
        IntStream.range(0, 500).forEach(n -> add("/flood", new Space("50ace" + n)));
        add("/other", new Space("0ther"));

        var first = due(2000);

        assertThat(first).hasSize(Coalescer.MOST_OF_ONE_SOURCE + 1).last().satisfies(other -> assertThat(other.target())
                .isEqualTo(new Space("0ther")));
        assertThat(coalescer.nextDue()).as("when one is done with").isEmpty();
        assertThat(due(3000)).isEmpty();

        coalescer.planned(first.get(0));
        coalescer.again(first.get(1), START.plusSeconds(4));

        assertThat(due(4000))
                .extracting(batch -> batch.changes().get(0).ref().source())
                .containsExactly("/flood", "/flood");
    }

    @Test
    void shouldPlanAFloodToItsEnd() {
        IntStream.range(0, 500).forEach(n -> add("/flood", new Space("50ace" + n)));
        var planned = 0;

        for (var due = due(2000); !due.isEmpty(); due = due(2000)) {
            planned += due.size();
            due.forEach(coalescer::planned);
        }

        assertThat(planned).isEqualTo(500);
        assertThat(coalescer.size()).isZero();
    }

    private void add(String source, Target target) {
        coalescer.add(
                new Change(
                        "acme",
                        target,
                        new ChangeRef(source, "1", START, null),
                        Traces.none(),
                        new RecordPlace("upstream-data-changed", 0, 1, START)),
                START);
    }

    // --- when a batch is due

    @Test
    void shouldHoldAChangeUntilNoOtherCameForAWhile() {
        add("a", 0);

        assertThat(coalescer.nextDue()).contains(START.plusSeconds(2));
        assertThat(due(1999)).isEmpty();
        assertThat(ids(due(2000))).containsExactly(List.of("a"));
    }

    @Test
    void shouldWaitAnewForEachThatComes() {
        add("a", 0);
        add("b", 1500);

        assertThat(coalescer.nextDue()).contains(START.plusMillis(3500));
        assertThat(due(3499)).isEmpty();
        assertThat(ids(due(3500))).containsExactly(List.of("a", "b"));
    }

    @Test
    void shouldHoldTheFirstChangeNoLongerThanTheLongestWait() {
        List.of(0, 1500, 3000, 4500).forEach(millis -> add("at " + millis, millis));

        assertThat(coalescer.nextDue()).contains(START.plusSeconds(5));
        assertThat(ids(due(5000))).containsExactly(List.of("at 0", "at 1500", "at 3000", "at 4500"));
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "2, 0", "0, 0"})
    void shouldLetAChangeGoAtOnceIfNothingIsToBeWaitedFor(int quiet, int maxWait) {
        var hasty = new Coalescer(Duration.ofSeconds(quiet), Duration.ofSeconds(maxWait), (account, target) -> false);

        hasty.add(change("acme", ORDERS, "a"), START);

        assertThat(hasty.nextDue()).contains(START);
        assertThat(hasty.due(START)).hasSize(1);
    }

    @Test
    void shouldNotKeepWaitingWhoAsksForAReport() {
        var report = new Target.Report("r1", Collections.emptySortedSet());

        coalescer.add(change("acme", report, "a"), START);

        assertThat(coalescer.nextDue()).contains(START);
        assertThat(ids(due(0))).containsExactly(List.of("a"));
    }

    @Test
    void shouldSayWhenTheNewestOfABatchCame() {
        add("a", 0);
        add("b", 1500);

        assertThat(due(3500)).extracting(Batch::newest).containsExactly(START.plusMillis(1500));
    }

    @Test
    void shouldKeepWhatIsHeldUntilItIsReleased() {
        isHeld = true;
        add("a", 0);
        add("b", 100);

        assertThat(coalescer.nextDue()).isEmpty();
        assertThat(due(60_000)).isEmpty();
        isHeld = false;
        assertThat(coalescer.nextDue()).isPresent();
        assertThat(ids(due(60_000))).containsExactly(List.of("a", "b"));
    }

    @Test
    void shouldTakeABatchBackThatWasHeldWhileItWasPlanned() {
        add("a", 0);
        var batch = due(2000).get(0);
        add("b", 2100);
        isHeld = true;

        coalescer.putBack(batch);

        assertThat(due(60_000)).isEmpty();
        isHeld = false;
        assertThat(due(60_000)).singleElement().satisfies(again -> {
            assertThat(again.changes()).map(change -> change.ref().id()).containsExactly("a", "b");
            assertThat(again.failingSince()).isEmpty();
        });
    }

    // --- what is a batch

    @Test
    void shouldGiveEachChangeOnce() {
        add("a", 0);
        coalescer.planned(due(2000).get(0));

        add("b", 2500);

        assertThat(due(2500)).isEmpty();
        assertThat(ids(due(60_000))).containsExactly(List.of("b"));
        assertThat(coalescer.nextDue()).isEmpty();
        assertThat(due(120_000)).isEmpty();
    }

    @Test
    void shouldKeepWorkspacesApart() {
        coalescer.add(change("acme", ORDERS, "a"), START);
        coalescer.add(change("globex", ORDERS, "b"), START);

        var batches = due(2000);

        assertThat(ids(batches)).containsExactly(List.of("a"), List.of("b"));
        assertThat(batches).extracting(Batch::account).containsExactly("acme", "globex");
    }

    @Test
    void shouldKeepTargetsApart() {
        var targets =
                List.of(new DataSource("x"), new DataSource("y"), new Space("x"), datasets("x"), datasets("x", "y"));
        targets.forEach(target -> coalescer.add(change("acme", target, "a"), START));

        assertThat(due(2000)).hasSize(5).extracting(Batch::target).isEqualTo(targets);
    }

    @Test
    void shouldBringTogetherTheSameDatasetsInWhateverOrder() {
        coalescer.add(change("acme", datasets("x", "y"), "a"), START);
        coalescer.add(change("acme", datasets("y", "x"), "b"), START);

        assertThat(ids(due(2000))).containsExactly(List.of("a", "b"));
    }

    @Test
    void shouldLetEachTargetGoInItsOwnTime() {
        coalescer.add(change("acme", ORDERS, "a"), START);
        coalescer.add(change("acme", new Space("s"), "b"), START.plusSeconds(1));

        assertThat(coalescer.nextDue()).contains(START.plusSeconds(2));
        assertThat(ids(due(2000))).containsExactly(List.of("a"));
        assertThat(coalescer.nextDue()).contains(START.plusSeconds(3));
        assertThat(ids(due(3000))).containsExactly(List.of("b"));
    }

    // --- more than one batch takes

    @Test
    void shouldTakeNoMoreThanABatchMayAndTheRestNext() {
        IntStream.range(0, 25_000).forEach(n -> add("load-" + n, 0));

        var first = due(2000);
        assertThat(first).singleElement().satisfies(batch -> assertThat(batch.changes())
                .hasSize(Batch.MOST)
                .first()
                .extracting(change -> change.ref().id())
                .isEqualTo("load-0"));
        assertThat(due(2000)).as("one of a target at a time").isEmpty();
        assertThat(coalescer.size()).isEqualTo(25_000);

        coalescer.planned(first.get(0));
        assertThat(coalescer.nextDue()).as("the rest has waited long enough").contains(START.plusSeconds(2));
        var second = due(2000);
        coalescer.planned(second.get(0));
        var third = due(2000);
        coalescer.planned(third.get(0));

        assertThat(Stream.of(first, second, third).flatMap(List::stream).map(batch -> batch.changes()
                        .size()))
                .containsExactly(10_000, 10_000, 5_000);
        assertThat(Stream.of(first, second, third)
                        .flatMap(List::stream)
                        .flatMap(batch -> batch.changes().stream())
                        .map(change -> change.ref().id()))
                .as("each once, in their order")
                .containsExactlyElementsOf(
                        IntStream.range(0, 25_000).mapToObj(n -> "load-" + n).toList());
        assertThat(coalescer.size()).isZero();
        assertThat(coalescer.nextDue()).isEmpty();
    }

    @Test
    void shouldTakeInOneWhatJustFits() {
        IntStream.range(0, Batch.MOST).forEach(n -> add("load-" + n, 0));

        coalescer.planned(due(2000).get(0));

        assertThat(coalescer.size()).isZero();
        assertThat(due(60_000)).isEmpty();
    }

    @Test
    void shouldTryTheSameAgainThoughMoreHasCome() {
        IntStream.range(0, Batch.MOST + 5).forEach(n -> add("load-" + n, 0));
        var first = due(2000).get(0);
        add("late", 2500);

        coalescer.again(first, START.plusMillis(3000));
        var second = due(4000).get(0);
        coalescer.planned(second);

        assertThat(second.changes()).isEqualTo(first.changes());
        assertThat(ids(due(60_000)).get(0)).hasSize(6).endsWith("load-10004", "late");
    }

    /** What Mode said before the newest of them came doesn't count, also for those of an earlier batch that come along. */
    @Test
    void shouldSayForTheRestWhenItsNewestCame() {
        IntStream.range(0, Batch.MOST + 5).forEach(n -> add("load-" + n, 0));
        var first = due(2000).get(0);
        add("late", 2500);

        coalescer.planned(first);

        assertThat(due(60_000)).extracting(Batch::newest).containsExactly(START.plusMillis(2500));
    }

    @Test
    void shouldGoOnCallingAFloodWhatIsLeftOfOne() {
        var now = afterQuietMinutes();
        IntStream.range(0, Batch.MOST + 5).forEach(n -> add("flood " + n, now));

        var first = due(now + 2000).get(0);
        coalescer.planned(first);
        var rest = due(now + 2000).get(0);

        assertThat(first.isFlood()).isTrue();
        assertThat(rest.changes()).hasSize(5);
        assertThat(rest.isFlood()).isTrue();
    }

    // --- since when it can't be planned

    @Test
    void shouldSaySinceWhenItCanNotBePlanned() {
        add("a", 0);
        var first = due(2000).get(0);
        coalescer.again(first, START.plusMillis(5000));
        add("b", 5500);
        var second = due(6000).get(0);
        coalescer.again(second, START.plusMillis(9000));
        var third = due(20_000).get(0);

        assertThat(first.failingSince()).as("it was not tried yet").isEmpty();
        assertThat(second.failingSince()).contains(START.plusMillis(5000));
        assertThat(third.failingSince()).as("not since it failed last").contains(START.plusMillis(5000));
    }

    @Test
    void shouldFailAnewAfterItWasPlanned() {
        add("a", 0);
        coalescer.again(due(2000).get(0), START.plusMillis(5000));
        coalescer.planned(due(6000).get(0));
        add("b", 10_000);

        var batch = due(12_000).get(0);

        assertThat(batch.failingSince()).isEmpty();
    }

    @Test
    void shouldKnowOfNoFailureOfAnotherTargetOrAfterTheWorkspaceWasAway() {
        add("a", 0);
        coalescer.again(due(2000).get(0), START.plusMillis(2000));
        coalescer.add(change("acme", new Space("s"), "b"), START);
        assertThat(due(2500)).extracting(Batch::failingSince).containsExactly(Optional.empty());

        coalescer.forget(account -> true);
        add("a", 3000);

        assertThat(due(60_000)).extracting(Batch::failingSince).containsExactly(Optional.empty());
    }

    // --- one of a target at a time

    @Test
    void shouldHoldTheNextBatchOfATargetWhileOneIsUnderWay() {
        add("a", 0);
        var first = due(2000).get(0);
        add("b", 2500);

        assertThat(due(60_000)).isEmpty();
        assertThat(coalescer.nextDue()).as("nothing to wake up for").isEmpty();

        coalescer.planned(first);

        assertThat(coalescer.nextDue()).contains(START.plusMillis(4500));
        assertThat(ids(due(60_000))).containsExactly(List.of("b"));
    }

    @Test
    void shouldNotHoldOtherTargetsForOneThatIsUnderWay() {
        add("a", 0);
        due(2000);

        coalescer.add(change("globex", ORDERS, "b"), START.plusMillis(2000));

        assertThat(coalescer.nextDue()).contains(START.plusMillis(4000));
        assertThat(ids(due(4000))).containsExactly(List.of("b"));
    }

    // --- what can't be planned now

    @Test
    void shouldTryAgainWithWhatCameMeanwhile() {
        add("a", 0);
        var first = due(2000).get(0);
        add("b", 2500);

        coalescer.again(first, START.plusMillis(5000));

        assertThat(coalescer.nextDue()).contains(START.plusMillis(6000));
        var second = due(6000);
        assertThat(ids(second)).containsExactly(List.of("a", "b"));
        assertThat(second).extracting(Batch::newest).containsExactly(START.plusMillis(2500));
    }

    @Test
    void shouldTryAgainThoughNothingCameMeanwhile() {
        add("a", 0);

        coalescer.again(due(2000).get(0), START.plusMillis(5000));

        assertThat(due(5999)).isEmpty();
        var second = due(6000);
        assertThat(ids(second)).containsExactly(List.of("a"));
        assertThat(second).extracting(Batch::newest).containsExactly(START);
    }

    @Test
    void shouldPauseLongerEachTimeAndBeginAnewOnceItIsPlanned() {
        add("a", 0);
        var now = 2000;
        var pauses = new ArrayList<Long>();
        for (var attempt = 0; attempt < 7; attempt++) {
            coalescer.again(due(now).get(0), START.plusMillis(now));
            var next = coalescer.nextDue().orElseThrow();
            pauses.add(Duration.between(START.plusMillis(now), next).toSeconds());
            now = (int) Duration.between(START, next).toMillis();
        }
        coalescer.planned(due(now).get(0));
        add("b", now);

        coalescer.again(due(now + 2000).get(0), START.plusMillis(now + 2000));

        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
        assertThat(coalescer.nextDue()).contains(START.plusMillis(now + 3000));
    }

    @Test
    void shouldKeepThePauseWhateverComes() {
        add("a", 0);
        coalescer.again(due(2000).get(0), START.plusMillis(60_000));

        add("b", 60_500);

        assertThat(coalescer.nextDue()).contains(START.plusMillis(61_000));
        assertThat(ids(due(61_000))).containsExactly(List.of("a", "b"));
    }

    // --- more than usually come

    @Test
    void shouldCountAChangeOnceHoweverOftenItIsTried() {
        var now = afterQuietMinutes();
        IntStream.range(0, 30).forEach(n -> add("late " + n, now));

        assertThat(tries(now + 2000)).hasSize(6).noneMatch(Batch::isBackfill);
    }

    @Test
    void shouldTakeForABackfillWhatIsFarMoreThanUsual() {
        var now = afterQuietMinutes();
        IntStream.range(0, 150).forEach(n -> add("flood " + n, now));

        assertThat(tries(now + 2000))
                .as("also when its minute is over")
                .hasSize(6)
                .allMatch(Batch::isBackfill);
    }

    /** One change in each of half an hour's minutes; when the next is due, in milliseconds. */
    private int afterQuietMinutes() {
        for (var minute = 0; minute < 30; minute++) {
            add("of minute " + minute, minute * 60_000);
            due(minute * 60_000 + 2000).forEach(coalescer::planned);
        }
        return 30 * 60_000;
    }

    private List<Batch> tries(int from) {
        var tries = new ArrayList<Batch>();
        var now = from;
        for (var attempt = 0; attempt < 6; attempt++) {
            tries.addAll(due(now));
            coalescer.again(tries.get(attempt), START.plusMillis(now));
            now = (int)
                    Duration.between(START, coalescer.nextDue().orElseThrow()).toMillis();
        }
        return tries;
    }

    // --- what has gone to another replica

    @Test
    void shouldForgetWhatWaitsAndWhatIsUnderWayOfAWorkspace() {
        add("a", 0);
        var underWay = due(2000).get(0);
        add("b", 2000);
        coalescer.add(change("globex", ORDERS, "c"), START.plusMillis(2000));

        coalescer.forget(account -> account.equals("acme"));
        coalescer.again(underWay, START.plusMillis(3000));

        assertThat(ids(due(60_000))).containsExactly(List.of("c"));
    }

    @Test
    void shouldNotTakeTheEndOfABatchFromBeforeForThatOfToday() {
        add("a", 0);
        var before = due(2000).get(0);
        coalescer.forget(account -> true);
        add("a", 3000);
        due(5000);
        add("b", 5000);

        coalescer.planned(before);
        coalescer.again(before, START.plusMillis(5000));

        assertThat(due(60_000)).as("that of today is under way still").isEmpty();
        assertThat(coalescer.size()).isEqualTo(2);
    }

    // --- how many

    @Test
    void shouldCountWhatWaitsAndWhatIsUnderWay() {
        add("a", 0);
        add("b", 0);
        var batch = due(2000).get(0);
        add("c", 2000);

        assertThat(coalescer.size()).isEqualTo(3);
        coalescer.again(batch, START.plusMillis(2000));
        assertThat(coalescer.size()).isEqualTo(3);
        coalescer.planned(due(3000).get(0));
        assertThat(coalescer.size()).isZero();
    }

    @Test
    void shouldCountNoMoreThanWhatIsLeftWhenAWorkspaceHasGone() {
        add("a", 0);
        coalescer.add(change("globex", ORDERS, "b"), START);
        var batches = due(2000);
        add("c", 2000);
        coalescer.add(change("globex", ORDERS, "d"), START.plusMillis(2000));

        coalescer.forget(account -> account.equals("globex"));

        assertThat(coalescer.size()).as("one under way, one waits").isEqualTo(2);
        batches.forEach(coalescer::planned);
        assertThat(coalescer.size()).isEqualTo(1);
    }

    private void add(String id, int millis) {
        coalescer.add(change("acme", ORDERS, id), START.plusMillis(millis));
    }

    private List<Batch> due(int millis) {
        return coalescer.due(START.plusMillis(millis));
    }

    private static List<List<String>> ids(List<Batch> batches) {
        return batches.stream()
                .map(batch -> batch.changes().stream()
                        .map(change -> change.ref().id())
                        .toList())
                .toList();
    }

    private static Target datasets(String... tokens) {
        return new Datasets(new TreeSet<>(Set.of(tokens)));
    }

    private static Change change(String account, Target target, String id) {
        return new Change(
                account,
                target,
                new ChangeRef("/etl", id, START, null),
                Traces.none(),
                new RecordPlace("upstream-data-changed", 0, 0, START));
    }
}
