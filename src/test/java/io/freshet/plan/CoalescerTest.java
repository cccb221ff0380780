package io.freshet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Change;
import io.freshet.event.ChangeRef;
import io.freshet.event.Target;
import io.freshet.event.Target.DataSource;
import io.freshet.event.Target.Datasets;
import io.freshet.event.Target.Space;
import io.freshet.event.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoalescerTest {

    private static final Instant START = Instant.parse("2026-08-01T00:00:00Z");
    private static final Target ORDERS = new DataSource("843786b025e5");

    private final Coalescer<String> coalescer = new Coalescer<>(Duration.ofSeconds(2), Duration.ofSeconds(5));

    @Test
    void shouldHoldAChangeUntilNoOtherCameForAWhile() {
        add("a", 0);

        assertThat(coalescer.nextDue()).contains(START.plusSeconds(2));
        assertThat(coalescer.due(START.plusMillis(1999))).isEmpty();
        assertThat(origins(due(2000))).containsExactly(List.of("a"));
    }

    @Test
    void shouldWaitAnewForEachThatComes() {
        add("a", 0);
        add("b", 1500);

        assertThat(coalescer.nextDue()).contains(START.plusMillis(3500));
        assertThat(due(3499)).isEmpty();
        assertThat(origins(due(3500))).containsExactly(List.of("a", "b"));
    }

    @Test
    void shouldHoldTheFirstChangeNoLongerThanTheLongestWait() {
        List.of(0, 1500, 3000, 4500).forEach(millis -> add("at " + millis, millis));

        assertThat(coalescer.nextDue()).contains(START.plusSeconds(5));
        assertThat(origins(due(5000))).containsExactly(List.of("at 0", "at 1500", "at 3000", "at 4500"));
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "2, 0", "0, 0"})
    void shouldLetAChangeGoAtOnceWhereNothingIsToBeWaitedFor(int quiet, int maxWait) {
        var hasty = new Coalescer<String>(Duration.ofSeconds(quiet), Duration.ofSeconds(maxWait));

        hasty.add(change("acme", ORDERS, "a"), "a", START);

        assertThat(hasty.nextDue()).contains(START);
        assertThat(hasty.due(START)).hasSize(1);
    }

    @Test
    void shouldGiveEachChangeOnce() {
        add("a", 0);
        due(2000);

        add("b", 2500);

        assertThat(due(2500)).isEmpty();
        assertThat(origins(due(60_000))).containsExactly(List.of("b"));
        assertThat(due(120_000)).isEmpty();
    }

    @Test
    void shouldKnowNothingToWaitForWhereNothingIsHeld() {
        assertThat(coalescer.nextDue()).isEmpty();

        add("a", 0);
        due(2000);

        assertThat(coalescer.nextDue()).isEmpty();
    }

    @Test
    void shouldKeepWorkspacesApart() {
        coalescer.add(change("acme", ORDERS, "a"), "a", START);
        coalescer.add(change("globex", ORDERS, "b"), "b", START);

        var batches = due(2000);

        assertThat(origins(batches)).containsExactly(List.of("a"), List.of("b"));
        assertThat(batches).extracting(Batch::account).containsExactly("acme", "globex");
    }

    @Test
    void shouldKeepTargetsApart() {
        var targets =
                List.of(new DataSource("x"), new DataSource("y"), new Space("x"), datasets("x"), datasets("x", "y"));
        targets.forEach(target -> coalescer.add(change("acme", target, "a"), "a", START));

        assertThat(due(2000)).hasSize(5).extracting(Batch::target).isEqualTo(targets);
    }

    @Test
    void shouldBringTogetherTheSameDatasetsInWhateverOrder() {
        coalescer.add(change("acme", datasets("x", "y"), "a"), "a", START);
        coalescer.add(change("acme", datasets("y", "x"), "b"), "b", START);

        assertThat(origins(due(2000))).containsExactly(List.of("a", "b"));
    }

    @Test
    void shouldLetEachTargetGoInItsOwnTime() {
        coalescer.add(change("acme", ORDERS, "a"), "a", START);
        coalescer.add(change("acme", new Space("s"), "b"), "b", START.plusSeconds(1));

        assertThat(coalescer.nextDue()).contains(START.plusSeconds(2));
        assertThat(origins(due(2000))).containsExactly(List.of("a"));
        assertThat(coalescer.nextDue()).contains(START.plusSeconds(3));
        assertThat(origins(due(3000))).containsExactly(List.of("b"));
    }

    @Test
    void shouldNameEachCauseOnceAndAnswerEachOrigin() {
        add("a", 0);
        add("a", 1);
        add("b", 2);

        var batch = due(60_000).get(0);

        assertThat(batch.origins()).containsExactly("a", "a", "b");
        assertThat(batch.changes()).hasSize(3);
        assertThat(batch.causes().count()).isEqualTo(2);
    }

    private void add(String id, int millis) {
        coalescer.add(change("acme", ORDERS, id), id, START.plusMillis(millis));
    }

    private List<Batch<String>> due(int millis) {
        return coalescer.due(START.plusMillis(millis));
    }

    private static List<List<String>> origins(List<Batch<String>> batches) {
        return batches.stream().map(Batch::origins).toList();
    }

    private static Target datasets(String... tokens) {
        return new Datasets(new TreeSet<>(Set.of(tokens)));
    }

    private static Change change(String account, Target target, String id) {
        return new Change(account, target, new ChangeRef("/etl", id, START, null), Traces.none());
    }
}
