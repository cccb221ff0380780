package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeRefsTest {

    private static final Instant START = Instant.parse("2026-03-01T06:00:00Z");

    @Test
    void shouldListTheOldestFirst() {
        var causes = ChangeRefs.of(change(3), change(1), change(2));

        assertThat(causes.listed()).containsExactly(change(1), change(2), change(3));
        assertThat(causes.earliest()).contains(START.plusSeconds(1));
    }

    @Test
    void shouldCountDuplicatesOnce() {
        var again = new ChangeRef("/etl", "load-1", START.plusSeconds(9), "again");

        var causes = ChangeRefs.of(change(1), again, change(2), change(1));

        assertThat(causes.listed()).containsExactly(change(1), change(2));
        assertThat(causes.count()).isEqualTo(2);
    }

    @Test
    void shouldListAllUpToTwenty() {
        var causes = changes(0, 20);

        assertThat(causes.listed()).hasSize(20);
        assertThat(causes.count()).isEqualTo(20);
    }

    @Test
    void shouldKeepTheOldestAndTheNewestPastThat() {
        var causes = changes(0, 1_000);

        assertThat(causes.listed())
                .hasSize(20)
                .startsWith(change(0), change(1))
                .contains(change(9), change(990))
                .endsWith(change(998), change(999));
        assertThat(causes.count()).isEqualTo(1_000);
    }

    @Test
    void shouldCountThoseOfAllBatches() {
        var causes = ChangeRefs.none();
        for (var batch = 100; batch > 0; batch--) {
            causes = causes.and(changes(10 * batch, 10 * batch + 10).inBatch(batch));
        }

        assertThat(causes.count()).isEqualTo(1_000);
        assertThat(causes.listed()).hasSize(20).startsWith(change(10)).endsWith(change(1_009));
        assertThat(causes.earliest()).contains(START.plusSeconds(10));
        assertThat(causes.batches()).hasSize(100).startsWith(1L, 2L).endsWith(100L);
    }

    @Test
    void shouldBeInNoBatchBeforeTheyArePlanned() {
        assertThat(changes(0, 3).batches()).isEmpty();
        assertThat(changes(0, 3).inBatch(7).batches()).containsExactly(7L);
        assertThat(changes(0, 3)).isNotEqualTo(changes(0, 3).inBatch(7));
    }

    @Test
    void shouldBeginTheTracesWithThatOfTheOldest() {
        var one = Traces.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        var other = Traces.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
        var older = changes(0, 1).in(one).inBatch(2);
        var newer = changes(1, 2).in(other).inBatch(1);

        assertThat(older.and(newer).traces()).isEqualTo(one.and(other));
        assertThat(newer.and(older)).isEqualTo(older.and(newer));
    }

    @Test
    void shouldBelieveACountThatIsGreaterThanTheList() {
        var causes = ChangeRefs.of(List.of(change(1), change(2)), 700);

        assertThat(causes.count()).isEqualTo(700);
        assertThat(ChangeRefs.of(List.of(change(1), change(2)), 1).count()).isEqualTo(2);
    }

    @Test
    void shouldNeverCountBelowNothing() {
        var many = ChangeRefs.of(List.of(change(1)), Integer.MAX_VALUE);

        var more = many.and(ChangeRefs.of(List.of(change(2)), Integer.MAX_VALUE));

        assertThat(more.count()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldComeBackAsTheyWere() {
        var causes = changes(0, 777).inBatch(3);

        var again = ChangeRefs.of(causes.listed(), causes.count()).inBatch(3);

        assertThat(again).isEqualTo(causes).hasSameHashCodeAs(causes);
    }

    private static ChangeRefs changes(int from, int to) {
        return ChangeRefs.of(
                IntStream.range(from, to).mapToObj(ChangeRefsTest::change).toList());
    }

    private static ChangeRef change(int number) {
        return new ChangeRef("/etl", "load-" + number, START.plusSeconds(number), null);
    }
}
