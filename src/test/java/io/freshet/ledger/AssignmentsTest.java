package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class AssignmentsTest {

    private final Assignments assignments = new Assignments();

    @Test
    void shouldOwnWhatWasAssigned() {
        var assignment = assignments.begin(Set.of(0, 1));

        assertThat(assignments.partitions()).containsExactlyInAnyOrder(0, 1);
        assertThat(assignments.owns(1)).isTrue();
        assertThat(assignments.owns(2)).isFalse();
        assertThat(assignments.isCurrent(1, assignment)).isTrue();
        assertThat(assignments.isCurrent(2, assignment)).isFalse();
    }

    @Test
    void shouldKeepTheAssignmentOfOnePartitionWhereAnotherIsAssigned() {
        var first = assignments.begin(Set.of(0));

        var second = assignments.begin(Set.of(1));

        assertThat(assignments.isCurrent(0, first)).isTrue();
        assertThat(assignments.isCurrent(0, second)).isFalse();
        assertThat(assignments.isCurrent(1, second)).isTrue();
    }

    @Test
    void shouldForgetAPartitionThatHasGone() {
        var assignment = assignments.begin(Set.of(0));

        assignments.end(Set.of(0));

        assertThat(assignments.partitions()).isEmpty();
        assertThat(assignments.isCurrent(0, assignment)).isFalse();
    }

    @Test
    void shouldNotTakeAPartitionThatCameBackForTheOneThatWent() {
        var before = assignments.begin(Set.of(0));
        assignments.end(Set.of(0));

        var after = assignments.begin(Set.of(0));

        assertThat(assignments.isCurrent(0, before)).isFalse();
        assertThat(assignments.isCurrent(0, after)).isTrue();
    }

    @Test
    void shouldBeginAnewWithWhatIsOwnedAlready() {
        var before = assignments.begin(Set.of(0));

        var again = assignments.begin(assignments.partitions());

        assertThat(assignments.isCurrent(0, before)).isFalse();
        assertThat(assignments.isCurrent(0, again)).isTrue();
    }
}
