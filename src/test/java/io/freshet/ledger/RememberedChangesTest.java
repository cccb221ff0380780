package io.freshet.ledger;

import static io.freshet.ledger.Entries.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ChangeKey;
import io.freshet.event.RecordPlace;
import io.freshet.event.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RememberedChangesTest {

    private static final Instant LONG_AGO = NOON.minus(Duration.ofDays(7));

    private static final Target TARGET = new Target.DataSource("d1");

    private final RememberedChanges remembered = new RememberedChanges();

    private RememberedBatch batch(long number, Instant settledAt, long... digests) {
        var batch = new RememberedBatch(number, TARGET, settledAt, digests);
        remembered.add(batch);
        return batch;
    }

    private boolean isKnown(long digest) {
        return remembered.contains(new ChangeKey("acme", digest), place(0));
    }

    private static RecordPlace place(long offset) {
        return new RecordPlace("upstream-data-changed", 0, offset, NOON);
    }

    private static long[] digests(long from, long to) {
        return LongStream.range(from, to).map(RememberedChangesTest::digest).toArray();
    }

    /** Spread as a digest is: numbers in a row are neighbours in the table, and to take one out then moves them all. */
    private static long digest(long number) {
        return number * 0x9E3779B97F4A7C15L;
    }

    private List<Long> outdated(Instant before, long last) {
        return remembered.outdated(before, last, 500).stream()
                .map(RememberedBatch::number)
                .toList();
    }

    @Test
    void shouldKnowEveryChangeOfABatch() {
        batch(1, NOON, 5, -6, Long.MIN_VALUE, 0);

        assertThat(LongStream.of(5, -6, Long.MIN_VALUE, 0)).allMatch(this::isKnown);
        assertThat(isKnown(7)).isFalse();
    }

    @Test
    void shouldKnowAnotherTargetUnderTheSameIdentity() {
        batch(1, NOON, 5);
        var known = new ChangeKey("acme", 5);

        assertThat(remembered.hasOtherTarget(known, new Target.DataSource("d1")))
                .isFalse();
        assertThat(remembered.hasOtherTarget(known, new Target.DataSource("d2")))
                .isTrue();
        assertThat(remembered.hasOtherTarget(known, new Target.Space("d1"))).isTrue();
        assertThat(remembered.hasOtherTarget(new ChangeKey("acme", 6), new Target.Space("d1")))
                .as("it isn't known at all")
                .isFalse();
    }

    /** Of what was refused the places are remembered. */
    @Test
    void shouldKnowARecordByItsPlace() {
        batch(1, NOON, ChangeKey.digest(place(17)));

        assertThat(remembered.contains(new ChangeKey("acme", 5), place(17))).isTrue();
        assertThat(remembered.contains(new ChangeKey("acme", 5), place(18))).isFalse();
    }

    @Test
    void shouldForgetAllOfABatch() {
        var batch = batch(1, NOON, 5, 6);
        batch(2, NOON, 7);

        remembered.forget(batch);
        remembered.forget(batch);

        assertThat(LongStream.of(5, 6)).noneMatch(this::isKnown);
        assertThat(isKnown(7)).isTrue();
    }

    @Test
    void shouldKnowWhatALaterBatchKnowsAsWell() {
        var earlier = batch(1, NOON, 5, 6);
        batch(2, NOON, 5);

        remembered.forget(earlier);

        assertThat(isKnown(5)).isTrue();
        assertThat(isKnown(6)).isFalse();
    }

    @Test
    void shouldNameTheOldestFirst() {
        batch(1, LONG_AGO.minusSeconds(2), 1);
        batch(2, LONG_AGO.minusMillis(1), 2);
        batch(3, LONG_AGO, 3);
        batch(4, NOON, 4);

        assertThat(outdated(LONG_AGO, 4)).containsExactly(1L, 2L);
        assertThat(outdated(NOON.plusSeconds(1), 4)).as("but the newest").containsExactly(1L, 2L, 3L);
        assertThat(outdated(NOON.plusSeconds(1), 9)).as("the newest is open").containsExactly(1L, 2L, 3L, 4L);
        assertThat(remembered.outdated(NOON.plusSeconds(1), 4, 2)).hasSize(2);
    }

    @Test
    void shouldPassOverTheNewestThoughItSettledFirst() {
        batch(9, LONG_AGO.minusSeconds(2), 1);
        batch(3, LONG_AGO.minusSeconds(1), 2);

        assertThat(outdated(LONG_AGO, 9)).containsExactly(3L);
    }

    @Test
    void shouldDropTheOldestBatchWhereThereAreMoreThanAMillion() {
        var number = 1;
        for (var next = 0L; next < RememberedChanges.MOST; next += 10_000) {
            batch(number++, NOON, digests(next, next + 10_000));
        }
        assertThat(outdated(LONG_AGO, 100)).as("a million").isEmpty();

        batch(number, NOON, digest(RememberedChanges.MOST));

        assertThat(outdated(LONG_AGO, number)).as("one more").containsExactly(1L);
        var first = remembered.outdated(LONG_AGO, number, 500).get(0);
        remembered.forget(first);
        assertThat(isKnown(digest(9_999))).isFalse();
        assertThat(isKnown(digest(10_000))).isTrue();
        assertThat(isKnown(digest(RememberedChanges.MOST))).isTrue();
        assertThat(outdated(LONG_AGO, number)).isEmpty();
    }

    @Test
    void shouldDropAsManyAsItTakes() {
        batch(1, NOON, digests(0, 10));
        batch(2, NOON, digests(10, 20));
        for (var n = 0; n < 100; n++) {
            batch(3 + n, NOON, digests(100 + n * 10_000L, 100 + (n + 1) * 10_000L - (n == 0 ? 5 : 0)));
        }

        assertThat(outdated(LONG_AGO, 102))
                .as("15 too many, and a batch goes whole")
                .containsExactly(1L, 2L);
    }
}
