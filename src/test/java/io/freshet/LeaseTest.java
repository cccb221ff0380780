package io.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What it may count on ends before the group can have given its partitions to others. */
class LeaseTest {

    private static final Instant NOON = Instant.parse("2026-08-01T12:00:00Z");

    private final Lease lease = new Lease(Duration.ofSeconds(10), Duration.ofSeconds(3));

    @BeforeEach
    void join() {
        lease.joined("changes", "member-a");
        lease.joined("refreshes", "member-b");
    }

    @Test
    void shouldCountOnNothingBeforeItIsConfirmed() {
        assertThat(lease.until()).isBefore(NOON);
    }

    @Test
    void shouldRunFromTheQuestionAndNotFromTheAnswer() {
        var question = lease.question(NOON);

        lease.answered(question, Set.of("member-a", "member-b", "another"));

        assertThat(lease.until()).isEqualTo(NOON.plusSeconds(7));
    }

    @Test
    void shouldEndWhenTheGroupDoesNotKnowOneOfTheConsumers() {
        lease.answered(lease.question(NOON), Set.of("member-a", "member-b"));

        lease.answered(lease.question(NOON.plusSeconds(1)), Set.of("member-a"));

        assertThat(lease.until()).isBefore(NOON);
    }

    @Test
    void shouldNotGetShorterByAnAnswerThatCameLate() {
        var early = lease.question(NOON);
        var late = lease.question(NOON.plusSeconds(3));

        lease.answered(late, Set.of("member-a", "member-b"));
        lease.answered(early, Set.of("member-a", "member-b"));

        assertThat(lease.until()).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void shouldEndWhereAConsumerJoinsUnderANewName() {
        lease.answered(lease.question(NOON), Set.of("member-a", "member-b"));

        lease.joined("changes", "member-c");

        assertThat(lease.until()).isBefore(NOON);
    }

    @Test
    void shouldGoOnWhereAConsumerStaysInTheGroup() {
        lease.answered(lease.question(NOON), Set.of("member-a", "member-b"));

        lease.joined("changes", "member-a");

        assertThat(lease.until()).isEqualTo(NOON.plusSeconds(7));
    }

    @Test
    void shouldIgnoreWhatWasAskedAboutFormerNames() {
        var before = lease.question(NOON);
        lease.joined("changes", "member-c");

        lease.answered(before, Set.of("member-a", "member-b"));

        assertThat(lease.isAbout(before)).isFalse();
        assertThat(lease.until()).isBefore(NOON);
    }
}
