package io.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ChangeRef;
import io.freshet.state.Unshown.Breach;
import io.freshet.state.Unshown.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class UnshownTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration WITHIN = Duration.ofMinutes(15);

    @Test
    void shouldBeLateWhenItsOldestChangeIsTooOld() {
        var unshown = Unshown.NOTHING.planned(part(1, 5, "d1"), batch -> true).planned(part(2, 0, "d1"), batch -> true);

        assertThat(unshown.late("fast", WITHIN, NOON.plus(WITHIN).minusMillis(1)))
                .isEmpty();
        assertThat(unshown.late("fast", WITHIN, NOON.plus(WITHIN))).contains(change(0));
        assertThat(unshown.late("slow", WITHIN, NOON.plus(WITHIN))).isEmpty();
    }

    @Test
    void shouldNotBeLateForWhatARunHasShown() {
        var unshown = Unshown.NOTHING.planned(part(1, 0, "d1"), batch -> true).planned(part(2, 5, "d1"), batch -> true);

        var shown = unshown.shown(batches(1), tokens("d1"), batch -> batch == 2);

        assertThat(shown.oldest("fast")).contains(change(5));
        assertThat(shown.shown(batches(2), tokens("d1"), batch -> false)).isEqualTo(Unshown.NOTHING);
    }

    @Test
    void shouldMissADatasetThatTheRunDidNotName() {
        var unshown = Unshown.NOTHING.planned(part(1, 0, "d1", "d2"), batch -> true);

        var shown = unshown.shown(batches(1), tokens("d1"), batch -> false);

        assertThat(shown.oldest("fast")).contains(change(0));
        assertThat(shown.parts().get(0).datasets()).containsExactly("d2");
    }

    @Test
    void shouldTakeALaterRunForOneThatFailed() {
        var unshown =
                Unshown.NOTHING.planned(part(1, 0, "d1"), batch -> true).planned(part(2, 5, "d1"), batch -> batch == 2);

        assertThat(unshown.shown(batches(2), tokens("d1"), batch -> false)).isEqualTo(Unshown.NOTHING);
    }

    /** One that still waits for runs of datasets, say. */
    @Test
    void shouldNotTakeALaterRunForOneThatIsUnderWay() {
        var unshown = Unshown.NOTHING.planned(part(1, 0, "d1"), batch -> true).planned(part(2, 5, "d1"), batch -> true);

        var shown = unshown.shown(batches(2), tokens("d1"), batch -> batch == 1);

        assertThat(shown.oldest("fast")).contains(change(0));
    }

    @Test
    void shouldNotTakeAnEarlierRunForALaterChange() {
        var unshown = Unshown.NOTHING.planned(part(2, 5, "d1"), batch -> true);

        assertThat(unshown.shown(batches(1), tokens("d1"), batch -> false).oldest("fast"))
                .contains(change(5));
    }

    @Test
    void shouldKeepOnePartForAllThatFailed() {
        var unshown = Unshown.NOTHING;
        for (var batch = 1L; batch <= 1_000; batch++) {
            var last = batch;
            unshown = unshown.planned(part(batch, (int) batch, "d" + batch % 2), number -> number == last);
        }

        assertThat(unshown.parts())
                .containsExactly(
                        new Part(999, tokens("d0", "d1"), tokens("fast"), change(1)), part(1_000, 1_000, "d0"));
    }

    @Test
    void shouldSayWhenItWillBeLate() {
        var unshown = Unshown.NOTHING.planned(part(1, 5, "d1"), batch -> true);
        var within = Map.of("fast", WITHIN, "faster still, of others", Duration.ofSeconds(1));

        assertThat(unshown.deadline(within)).contains(NOON.plusSeconds(5).plus(WITHIN));
        assertThat(unshown.deadline(Map.of())).isEmpty();
        assertThat(unshown.breached("fast", new Breach(change(5), WITHIN, NOON)).deadline(within))
                .as("it is told once")
                .isEmpty();
    }

    private static Part part(long batch, int second, String... datasets) {
        return new Part(batch, tokens(datasets), tokens("fast"), change(second));
    }

    private static ChangeRef change(int second) {
        return new ChangeRef("/etl", "load-" + second, NOON.plusSeconds(second), null);
    }

    private static SortedSet<String> tokens(String... tokens) {
        return new TreeSet<>(Set.of(tokens));
    }

    private static SortedSet<Long> batches(long batch) {
        return new TreeSet<>(List.of(batch));
    }
}
