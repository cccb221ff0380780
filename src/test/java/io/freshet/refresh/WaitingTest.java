package io.freshet.refresh;

import static io.freshet.refresh.Samples.NOON;
import static io.freshet.refresh.Samples.change;
import static io.freshet.refresh.Samples.changes;
import static io.freshet.refresh.Samples.remembering;
import static io.freshet.refresh.Samples.wish;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static final Attempts ONCE = new Attempts(1, NOON.minusSeconds(100));

    private final Waiting waiting = new Waiting(wish("d1", 5), NOON, ONCE, remembering(1, 2));

    @Test
    void shouldPostWhenItsTimeHasComeTheOldestChangeFirst() {
        var step = waiting.step();

        assertThat(step).contains(new Step(Step.Kind.POST, NOON, change(5).changedAt()));
    }

    @Test
    void shouldLetOthersGoFirstWhileAllThatItWaitsForIsABackfill() {
        var backfill = new Wish(Samples.datasets("d1"), changes(5), NOON, Optional.empty(), true);
        var more = new Wish(Samples.datasets("d2"), changes(6), NOON, Optional.empty(), true);
        var behind = new Waiting(backfill, NOON, ONCE, remembering(1, 2));

        assertThat(behind.absorb(more).step().orElseThrow().kind()).isEqualTo(Step.Kind.BACKFILL);
        assertThat(behind.absorb(wish("d2", 6)).step().orElseThrow().kind()).isEqualTo(Step.Kind.POST);
        assertThat(waiting.absorb(more).step().orElseThrow().kind()).isEqualTo(Step.Kind.POST);
    }

    @Test
    void shouldJoinALaterWishWhileWaiting() {
        var after = waiting.absorb(wish("d2", 6));

        assertThat(after).isEqualTo(new Waiting(wish("d1,d2", 5, 6), NOON, ONCE, remembering(1, 2)));
    }

    @Test
    void shouldJoinFurtherDatasetsOfTheSameChange() {
        var after = waiting.absorb(wish("d1,d2", 5));

        assertThat(after).isEqualTo(new Waiting(wish("d1,d2", 5), NOON, ONCE, remembering(1, 2)));
    }

    @Test
    void shouldComeToItsTurnWithTheOldestOfItsChanges() {
        var after = waiting.absorb(wish("d2", 3));

        assertThat(after.step().orElseThrow().priority()).isEqualTo(change(3).changedAt());
    }

    @Test
    void shouldBeTheVerySameWhereAWishBringsNothingNew() {
        assertThat(waiting.absorb(wish("d1", 5))).isSameAs(waiting);
        assertThat(waiting.absorb(wish("d2", 1)))
                .as("answered by an earlier run")
                .isSameAs(waiting);
    }

    @Test
    void shouldLeaveOutWhatWasAnsweredBefore() {
        var after = waiting.absorb(wish("d1", 1, 2, 6));

        assertThat(((Waiting) after).wish().causes()).isEqualTo(changes(5, 6));
    }

    @Test
    void shouldSaveTheIntentBeforeThePostLeaves() {
        var modeNow = NOON.plusSeconds(70);

        var transition = waiting.posting(NOON, modeNow);

        assertThat(transition)
                .isEqualTo(new Transition(
                        new Posting(
                                wish("d1", 5),
                                Optional.empty(),
                                NOON,
                                modeNow.minus(Waiting.CLOCK_TOLERANCE),
                                NOON,
                                ONCE,
                                remembering(1, 2)),
                        Optional.empty(),
                        true));
    }
}
