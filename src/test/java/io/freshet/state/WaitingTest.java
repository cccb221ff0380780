package io.freshet.state;

import static io.freshet.state.Samples.NOON;
import static io.freshet.state.Samples.change;
import static io.freshet.state.Samples.changes;
import static io.freshet.state.Samples.remembering;
import static io.freshet.state.Samples.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static final Attempts ONCE = new Attempts(1, NOON.minusSeconds(100));

    private final Waiting waiting = new Waiting(request("d1", 5), NOON, ONCE, remembering(1, 2));

    @Test
    void shouldPostWhenItsTimeHasComeTheOldestChangeFirst() {
        var step = waiting.step();

        assertThat(step).contains(new Step(Step.Kind.POST, NOON, change(5).changedAt()));
    }

    @Test
    void shouldLetOthersGoFirstWhileAllThatItWaitsForIsABackfill() {
        var backfill = new RefreshRequest(Samples.datasets("d1"), changes(5), NOON, Optional.empty(), true);
        var more = new RefreshRequest(Samples.datasets("d2"), changes(6), NOON, Optional.empty(), true);
        var behind = new Waiting(backfill, NOON, ONCE, remembering(1, 2));

        assertThat(behind.merge(more).step().orElseThrow().kind()).isEqualTo(Step.Kind.BACKFILL);
        assertThat(behind.merge(request("d2", 6)).step().orElseThrow().kind()).isEqualTo(Step.Kind.POST);
        assertThat(waiting.merge(more).step().orElseThrow().kind()).isEqualTo(Step.Kind.POST);
    }

    @Test
    void shouldJoinALaterWishWhileWaiting() {
        var after = waiting.merge(request("d2", 6));

        assertThat(after).isEqualTo(new Waiting(request("d1,d2", 5, 6), NOON, ONCE, remembering(1, 2)));
    }

    @Test
    void shouldComeToItsTurnWithTheOldestOfItsChanges() {
        var after = waiting.merge(request("d2", 3));

        assertThat(after.step().orElseThrow().priority()).isEqualTo(change(3).changedAt());
    }

    @Test
    void shouldBeTheVerySameWhereItCarriesTheBatchOrHasEndedForIt() {
        assertThat(waiting.merge(request("d9", 5))).isSameAs(waiting);
        assertThat(waiting.merge(request("d2", 1)))
                .as("an earlier run was for it")
                .isSameAs(waiting);
    }

    @Test
    void shouldSaveTheIntentBeforeThePostLeaves() {
        var earliest = NOON.plusSeconds(70);

        var transition = waiting.posting(NOON, earliest);

        assertThat(transition)
                .isEqualTo(new Transition(
                        new Posting(
                                request("d1", 5),
                                Optional.empty(),
                                NOON,
                                earliest,
                                Optional.empty(),
                                NOON,
                                ONCE,
                                remembering(1, 2)),
                        Optional.empty(),
                        true));
    }
}
