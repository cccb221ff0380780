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
        assertThat(causes.identities().size()).isEqualTo(2);
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
        assertThat(causes.identities().size()).isEqualTo(1_000);
    }

    @Test
    void shouldCountTrulyHoweverTheyMeet() {
        var causes = ChangeRefs.none();
        for (var i = 0; i < 1_000; i += 10) {
            causes = causes.and(changes(i, i + 15));
        }

        assertThat(causes.count()).isEqualTo(1_005);
        assertThat(causes.listed()).hasSize(20).startsWith(change(0)).endsWith(change(1_004));
        assertThat(causes.earliest()).contains(START);
    }

    @Test
    void shouldBeTheVerySameWhereNothingIsNew() {
        var causes = changes(0, 300);

        assertThat(causes.and(changes(120, 130))).isSameAs(causes);
        assertThat(causes.and(ChangeRefs.none())).isSameAs(causes);
        assertThat(causes.without(changes(300, 310).identities())).isSameAs(causes);
    }

    @Test
    void shouldTakeOutWhatIsKnown() {
        var rest = changes(0, 30).without(changes(0, 25).identities());

        assertThat(rest.count()).isEqualTo(5);
        assertThat(rest.identities()).isEqualTo(changes(25, 30).identities());
        assertThat(rest.listed()).isEqualTo(changes(25, 30).listed());
    }

    @Test
    void shouldCountWhatIsLeftThoughItIsNotListed() {
        var rest = changes(0, 300).without(changes(0, 250).identities());

        assertThat(rest.count()).isEqualTo(50);
        assertThat(rest.listed())
                .as("of the twenty")
                .isEqualTo(changes(290, 300).listed());
    }

    @Test
    void shouldBeEmptyWhereAllIsKnown() {
        var rest = changes(0, 300).without(changes(0, 300).identities());

        assertThat(rest.isEmpty()).isTrue();
        assertThat(rest.earliest()).isEmpty();
    }

    @Test
    void shouldBelieveACountThatIsGreaterThanTheList() {
        var causes = ChangeRefs.of(List.of(change(1), change(2)), 700, Identities.none());

        assertThat(causes.count()).isEqualTo(700);
        assertThat(ChangeRefs.of(List.of(change(1), change(2)), 1, Identities.none())
                        .count())
                .isEqualTo(2);
    }

    @Test
    void shouldNeverCountBelowNothing() {
        var many = ChangeRefs.of(List.of(change(1)), Integer.MAX_VALUE, Identities.none());

        var more = many.and(ChangeRefs.of(List.of(change(2)), Integer.MAX_VALUE, Identities.none()));

        assertThat(more.count()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldComeBackAsTheyWere() {
        var causes = changes(0, 777);

        var again = ChangeRefs.of(causes.listed(), causes.count(), causes.identities());

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
