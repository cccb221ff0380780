package io.freshet.mode.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What it may count on ends before the group can have given its partitions to others. */
class LeaseTest {

    private static final Instant NOON = Instant.parse("2026-08-01T12:00:00Z");
    private static final Set<String> BOTH = Set.of("member-a", "member-b");

    private final Lease lease = new Lease(Duration.ofSeconds(10), Duration.ofSeconds(3));

    @BeforeEach
    void join() {
        lease.joined("changes", "member-a");
        lease.joined("refreshes", "member-b");
    }

    @Test
    void shouldCountOnNothingBeforeItIsConfirmed() {
        assertThat(isGoodAt(at(0))).isFalse();
    }

    @Test
    void shouldRunFromTheQuestionAndNotFromTheAnswer() {
        var question = lease.question(at(0));

        lease.answered(question, Set.of("member-a", "member-b", "another"));

        assertThat(lease.until()).isEqualTo(at(7));
    }

    @Test
    void shouldEndWhenTheGroupDoesNotKnowOneOfTheConsumers() {
        lease.answered(lease.question(at(0)), BOTH);

        lease.answered(lease.question(at(1)), Set.of("member-a"));

        assertThat(isGoodAt(at(1))).isFalse();
    }

    @Test
    void shouldNotGetShorterByAnAnswerThatCameLate() {
        var early = lease.question(at(0));
        var late = lease.question(at(3));

        lease.answered(late, BOTH);
        lease.answered(early, BOTH);

        assertThat(lease.until()).isEqualTo(at(10));
    }

    @Test
    void shouldEndWhenAConsumerJoinsUnderANewName() {
        lease.answered(lease.question(at(0)), BOTH);

        lease.joined("changes", "member-c");

        assertThat(isGoodAt(at(0))).isFalse();
    }

    @Test
    void shouldGoOnWhenAConsumerStaysInTheGroup() {
        lease.answered(lease.question(at(0)), BOTH);

        lease.joined("changes", "member-a");

        assertThat(lease.until()).isEqualTo(at(7));
    }

    @Test
    void shouldIgnoreWhatWasAskedAboutFormerNames() {
        var before = lease.question(at(0));
        lease.joined("changes", "member-c");

        lease.answered(before, BOTH);

        assertThat(lease.isAbout(before)).isFalse();
        assertThat(isGoodAt(at(0))).isFalse();
    }

    /** A machine that slept: its monotonic clock may have slept as well. */
    @Test
    void shouldEndByTheWallClockWhenTheMonotonicClockStoodStill() {
        lease.answered(lease.question(at(0)), BOTH);

        assertThat(isGoodAt(new Moment(NOON.plusMillis(6_999), NOON))).isTrue();
        assertThat(isGoodAt(new Moment(NOON.plusSeconds(7), NOON))).isFalse();
    }

    @Test
    void shouldEndByTheMonotonicClockWhenTheWallClockIsSetBack() {
        lease.answered(lease.question(at(0)), BOTH);

        assertThat(isGoodAt(new Moment(NOON.minusSeconds(3_600), NOON.plusMillis(6_999))))
                .isTrue();
        assertThat(isGoodAt(new Moment(NOON.minusSeconds(3_600), NOON.plusSeconds(7))))
                .isFalse();
    }

    @Test
    void shouldBelieveTheLaterQuestionAlthoughTheWallClockWasSetBackBeforeIt() {
        lease.answered(lease.question(at(0)), BOTH);

        lease.answered(lease.question(new Moment(NOON.minusSeconds(3_600), NOON.plusSeconds(3))), BOTH);

        assertThat(lease.until()).isEqualTo(new Moment(NOON.minusSeconds(3_593), NOON.plusSeconds(10)));
    }

    private boolean isGoodAt(Moment moment) {
        return moment.isBefore(lease.until());
    }

    private static Moment at(long seconds) {
        return new Moment(NOON.plusSeconds(seconds), NOON.plusSeconds(seconds));
    }
}
