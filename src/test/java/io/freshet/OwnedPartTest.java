package io.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** More than one replica's share may not be used before the calls of whoever had it are out of Mode's window. */
class OwnedPartTest {

    private static final Set<Integer> ALL = Set.of(0, 1, 2);

    private static OwnedPart ofNewGroup() {
        return OwnedPart.of(3, 3, true);
    }

    @Test
    void shouldUseAllAtOnceWhereItIsTheFirstOfANewGroup() {
        var part = ofNewGroup();

        part.changesAre(ALL);
        part.refreshesAssigned(ALL);
        ALL.forEach(partition -> part.refreshesGained(Set.of(partition)));

        assertThat(part.share()).isEqualTo(1);
        assertThat(part.isTakenOver()).isFalse();
    }

    @Test
    void shouldUseNothingAtOnceWhereTheGroupHasWorked() {
        var part = OwnedPart.of(3, 3, false);

        part.changesAre(ALL);
        part.refreshesGained(ALL);

        assertThat(part.isTakenOver()).isTrue();
    }

    @Test
    void shouldTakeAPartForTakenOver() {
        var part = ofNewGroup();

        part.changesAre(ALL);

        assertThat(part.share()).isEqualTo(0.5);
        assertThat(part.isTakenOver()).isTrue();
    }

    @Test
    void shouldTakeOverWhatAReplicaThatStartedAtTheSameTimeLeaves() {
        var part = ofNewGroup();
        part.changesAre(Set.of()); // the other has them all

        part.changesAre(ALL);
        part.refreshesGained(ALL);

        assertThat(part.share()).isEqualTo(1);
        assertThat(part.isTakenOver()).isTrue();
    }

    @Test
    void shouldTakeOverWhatItHadLentToAnother() {
        var part = ofNewGroup();
        part.changesAre(ALL);
        part.refreshesGained(ALL);
        part.refreshesLost(Set.of(1));

        part.refreshesGained(Set.of(1));

        assertThat(part.share()).isEqualTo(1);
        assertThat(part.isTakenOver()).isTrue();
    }

    /** As where one partition has all the changes, so that the two can't be told apart by these. */
    @Test
    void shouldTakeOverWhatAReplicaLeavesThatStartedAtTheSameTimeWithSomeOfTheRefreshes() {
        var part = OwnedPart.of(1, 3, true);
        part.changesAre(Set.of(0));
        part.refreshesAssigned(Set.of(0, 1));
        part.refreshesGained(Set.of(0, 1));

        part.refreshesAssigned(Set.of(2));
        part.refreshesGained(Set.of(2));

        assertThat(part.share()).isEqualTo(1);
        assertThat(part.isTakenOver()).isTrue();
    }

    @Test
    void shouldForgetWhatTheConsumerHasNoMore() {
        var part = OwnedPart.of(3, 3, false);
        part.changesAre(ALL);

        part.changesAre(Set.of(1));

        assertThat(part.share()).isEqualTo(1.0 / 6);
    }

    @Test
    void shouldStayAloneWhereARebalanceChangesNothing() {
        var part = ofNewGroup();
        part.changesAre(ALL);
        part.changesAre(ALL);

        part.refreshesGained(ALL);

        assertThat(part.isTakenOver()).isFalse();
    }
}
