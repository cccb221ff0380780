package io.freshet.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.telemetry.OpenChanges.InHand;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InboxBoundsTest {

    private final InboxBounds bounds = new InboxBounds(100, 1_000_000);

    private static Map<String, InHand> inHand(int acme, int globex) {
        return Map.of("acme", new InHand(acme, acme * 1_000L), "globex", new InHand(globex, globex * 1_000L));
    }

    @Test
    void shouldLetTheWorkspaceWaitThatHasTooManyAndNoOther() {
        assertThat(bounds.full(inHand(99, 0), Set.of())).isEmpty();
        assertThat(bounds.full(inHand(100, 99), Set.of())).containsExactly("acme");
        assertThat(bounds.full(inHand(100, 250), Set.of())).containsExactly("acme", "globex");
    }

    @Test
    void shouldGoOnWhenATenthIsFree() {
        assertThat(bounds.full(inHand(91, 0), Set.of("acme"))).containsExactly("acme");
        assertThat(bounds.full(inHand(90, 0), Set.of("acme"))).containsExactly("acme");
        assertThat(bounds.full(inHand(89, 0), Set.of("acme"))).isEmpty();
    }

    /** A look at those that have grown must miss none that a look at all finds. */
    @Test
    void shouldSeeByThoseThatHaveGrownThatABoundIsReached() {
        assertThat(bounds.isReached(List.of(new InHand(99, 1)), 700_000)).isFalse();
        assertThat(bounds.isReached(List.of(new InHand(3, 1), new InHand(100, 1)), 700_000))
                .isTrue();
        assertThat(bounds.isReached(List.of(), 749_999)).isFalse();
        assertThat(bounds.isReached(List.of(), 750_000)).isTrue();
    }

    /** Whoever has nothing open costs nothing. */
    @Test
    void shouldLetAllWaitThatHaveAnyWhereAllTogetherWeighTooMuch() {
        var heavy =
                Map.of("acme", new InHand(3, 600_000), "globex", new InHand(2, 400_000), "initech", new InHand(0, 0));

        assertThat(bounds.full(heavy, Set.of())).containsExactly("acme", "globex");
        assertThat(bounds.full(Map.of("acme", new InHand(3, 950_000)), Set.of("acme")))
                .containsExactly("acme");
        assertThat(bounds.full(Map.of("acme", new InHand(3, 670_000)), Set.of("acme")))
                .isEmpty();
    }

    /** Else the flood of one workspace would keep all others of its replica waiting. */
    @Test
    void shouldKeepRoomForThoseThatHaveLittle() {
        var flood = new InHand(50, 750_000);

        assertThat(bounds.full(Map.of("acme", flood, "globex", new InHand(1, 1_000)), Set.of()))
                .containsExactly("acme");
        assertThat(bounds.full(Map.of("acme", flood, "globex", new InHand(1, 125_000)), Set.of()))
                .as("each has as much as it may of what is kept")
                .containsExactly("acme", "globex");
        assertThat(bounds.full(Map.of("acme", new InHand(7, 740_000), "globex", new InHand(1, 1_000)), Set.of()))
                .isEmpty();
    }
}
