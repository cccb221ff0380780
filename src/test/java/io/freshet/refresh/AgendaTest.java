package io.freshet.refresh;

import static io.freshet.refresh.Samples.NOON;
import static io.freshet.refresh.Samples.changes;
import static io.freshet.refresh.Samples.datasets;
import static io.freshet.refresh.Samples.wish;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ReportKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgendaTest {

    private static final ReportKey R1 = new ReportKey("acme", "r1");
    private static final ReportKey R2 = new ReportKey("acme", "r2");
    private static final ReportKey R3 = new ReportKey("acme", "r3");

    private final Agenda agenda = new Agenda();

    @Test
    void shouldTakeNothingBeforeItIsDue() {
        agenda.put(0, R1, waiting(1, NOON));
        agenda.put(0, R2, new Settled(Memory.EMPTY, NOON));

        assertThat(agenda.due(NOON.minusMillis(1))).isEmpty();
        assertThat(agenda.nextDue()).contains(NOON);
        assertThat(reports(agenda.due(NOON))).containsExactly(R1);
        assertThat(agenda.nextDue()).isEmpty();
    }

    @Test
    void shouldTakePostsFirstAndTheOldestChangeFirst() {
        agenda.put(0, R1, running(NOON.minusSeconds(9)));
        agenda.put(0, R2, waiting(8, NOON.minusSeconds(5)));
        agenda.put(0, R3, waiting(7, NOON));

        var due = agenda.due(NOON);

        assertThat(reports(due)).containsExactly(R3, R2, R1);
    }

    @Test
    void shouldHaveOneStepAtATimeForAReport() {
        agenda.put(0, R1, waiting(1, NOON));
        var item = agenda.due(NOON).get(0);

        agenda.put(0, R1, running(NOON));
        var meanwhile = agenda.due(NOON);
        agenda.over(item);

        assertThat(meanwhile).isEmpty();
        assertThat(agenda.due(NOON)).extracting(next -> next.step().kind()).containsExactly(Step.Kind.ASK);
    }

    @Test
    void shouldGoByWhereTheReportStandsLast() {
        agenda.put(0, R1, waiting(1, NOON));
        agenda.put(0, R1, waiting(1, NOON.plusSeconds(5)));

        assertThat(agenda.due(NOON)).isEmpty();
        assertThat(agenda.due(NOON.plusSeconds(5))).hasSize(1);
        assertThat(agenda.due(NOON.plusSeconds(9))).isEmpty();
    }

    @Test
    void shouldBeginAStepWithWhereTheReportStandsNow() {
        agenda.put(0, R1, waiting(1, NOON));
        var item = agenda.due(NOON).get(0);
        var joined = waiting(1, NOON).absorb(wish("d2", 2));
        agenda.put(0, R1, joined);

        assertThat(agenda.begin(item)).contains(joined);
    }

    @Test
    void shouldTakeAStepAgainThatCameToNothing() {
        agenda.put(0, R1, waiting(1, NOON));
        var item = agenda.due(NOON).get(0);

        agenda.over(item);

        assertThat(reports(agenda.due(NOON))).containsExactly(R1);
    }

    @Test
    void shouldAnticipateTheStepOfAReportThatRests() {
        agenda.open(0);
        agenda.put(0, R1, new Settled(Memory.EMPTY, NOON));

        var known = agenda.anticipate(0, R1, post()).orElseThrow();
        var unknown = agenda.anticipate(0, R2, post()).orElseThrow();
        agenda.put(0, R1, waiting(1, NOON));
        agenda.put(0, R2, waiting(2, NOON));

        assertThat(agenda.due(NOON)).as("their steps are under way").isEmpty();
        agenda.over(known);
        agenda.over(unknown);
        assertThat(reports(agenda.due(NOON))).containsExactlyInAnyOrder(R1, R2);
    }

    @Test
    void shouldTakeAStepEarlyAndThenNotWhenItIsDue() {
        agenda.put(0, R1, running(NOON.plusSeconds(9)));

        var early = agenda.takeEarly(R1).orElseThrow();

        assertThat(agenda.due(NOON.plusSeconds(9))).isEmpty();
        assertThat(agenda.begin(early)).isPresent();
        agenda.over(early);
        assertThat(reports(agenda.due(NOON.plusSeconds(9)))).containsExactly(R1);
    }

    @Test
    void shouldTakeNoStepEarlyThatIsTakenOrThatThereIsNot() {
        agenda.put(0, R1, running(NOON));
        agenda.put(0, R2, new Settled(Memory.EMPTY, NOON));
        agenda.put(1, R3, running(NOON));
        agenda.leave(Set.of(1));
        var due = agenda.due(NOON);

        assertThat(reports(due)).containsExactly(R1);
        assertThat(agenda.takeEarly(R1)).as("taken").isEmpty();
        assertThat(agenda.takeEarly(R2)).as("at rest").isEmpty();
        assertThat(agenda.takeEarly(R3)).as("leaving").isEmpty();
        assertThat(agenda.takeEarly(new ReportKey("acme", "r4"))).as("unknown").isEmpty();
    }

    @Test
    void shouldAnticipateNothingWhereAReportDoesNotRest() {
        agenda.open(0);
        agenda.put(0, R1, waiting(1, NOON));
        agenda.put(0, R2, new Settled(Memory.EMPTY, NOON));
        agenda.anticipate(0, R2, post());

        assertThat(agenda.anticipate(0, R1, post())).as("waiting").isEmpty();
        assertThat(agenda.anticipate(0, R2, post())).as("with a step under way").isEmpty();
    }

    @Test
    void shouldAnticipateNothingWhileAPartitionIsRestoredOrLeaves() {
        var restoring = agenda.anticipate(0, R1, post());
        agenda.open(0);
        var left = agenda.leave(Set.of(0));
        var leaving = agenda.anticipate(0, R1, post());
        agenda.left(Set.of(0));
        var gone = agenda.anticipate(0, R1, post());

        assertThat(left).isCompleted();
        assertThat(restoring).isEmpty();
        assertThat(leaving).isEmpty();
        assertThat(gone).isEmpty();
    }

    @Test
    void shouldForgetAReportWhoseWishDidNotCome() {
        agenda.open(0);
        var item = agenda.anticipate(0, R1, post()).orElseThrow();

        agenda.over(item);

        assertThat(agenda.knows(R1)).isFalse();
    }

    @Test
    void shouldNotLeaveBeforeAnAnticipatedStepIsOver() {
        agenda.open(0);
        var item = agenda.anticipate(0, R1, post()).orElseThrow();

        var left = agenda.leave(Set.of(0)).toCompletableFuture();

        assertThat(left).isNotDone();
        agenda.over(item);
        assertThat(left).isDone();
    }

    @Test
    void shouldBeginNothingForAPartitionThatLeaves() {
        agenda.put(0, R1, waiting(1, NOON));
        agenda.put(0, R2, waiting(2, NOON));
        agenda.put(1, R3, waiting(3, NOON.plusSeconds(1)));
        var taken = agenda.due(NOON);

        var left = agenda.leave(Set.of(0)).toCompletableFuture();

        assertThat(left).as("nothing has begun").isDone();
        assertThat(agenda.begin(taken.get(0))).isEmpty();
        assertThat(reports(agenda.due(NOON.plusSeconds(1)))).containsExactly(R3);
    }

    @Test
    void shouldLeaveWhenTheLastStepIsOver() {
        agenda.put(0, R1, waiting(1, NOON));
        agenda.put(0, R2, waiting(2, NOON));
        var taken = agenda.due(NOON);
        taken.forEach(agenda::begin);
        var left = agenda.leave(Set.of(0)).toCompletableFuture();

        agenda.over(taken.get(0));
        var meanwhile = left.isDone();
        agenda.over(taken.get(1));

        assertThat(meanwhile).isFalse();
        assertThat(left).isDone();
    }

    @Test
    void shouldForgetAPartitionThatHasLeft() {
        agenda.put(0, R1, waiting(1, NOON));
        agenda.put(1, R2, waiting(2, NOON));

        agenda.left(Set.of(0));

        assertThat(reports(agenda.due(NOON))).containsExactly(R2);
        assertThat(agenda.census()).isEqualTo(Map.of("waiting", 1));
    }

    @Test
    void shouldIgnoreAStepOfAnEarlierOwnership() {
        agenda.put(0, R1, waiting(1, NOON));
        var stale = agenda.due(NOON).get(0);
        agenda.left(Set.of(0));
        agenda.put(0, R1, waiting(1, NOON));

        var begun = agenda.begin(stale);
        agenda.over(stale);

        assertThat(begun).isEmpty();
        assertThat(agenda.due(NOON)).hasSize(1);
        assertThat(agenda.due(NOON)).as("taken, and not over").isEmpty();
    }

    @Test
    void shouldOwnAPartitionAgainThatCameBack() {
        agenda.put(0, R1, waiting(1, NOON));
        agenda.leave(Set.of(0));
        agenda.left(Set.of(0));

        agenda.put(0, R1, waiting(1, NOON));

        var item = agenda.due(NOON).get(0);
        assertThat(agenda.begin(item)).isPresent();
    }

    @Test
    void shouldCountTheReportsInEachState() {
        agenda.put(0, R1, waiting(1, NOON));
        agenda.put(0, R2, running(NOON));
        agenda.put(0, R3, new Settled(Memory.EMPTY, NOON));

        assertThat(agenda.census()).isEqualTo(Map.of("waiting", 1, "running", 1, "settled", 1));
    }

    private static Step post() {
        return new Step(Step.Kind.POST, NOON, NOON);
    }

    private static Waiting waiting(int change, Instant notBefore) {
        return new Waiting(wish("d1", change), notBefore, Attempts.NONE, Memory.EMPTY);
    }

    private static Running running(Instant askAt) {
        return new Running(
                new Wish(datasets("d1"), changes(1), NOON),
                Optional.empty(),
                "run1",
                NOON,
                false,
                "enqueued",
                askAt,
                Duration.ofSeconds(2),
                Optional.empty(),
                Optional.empty(),
                Memory.EMPTY);
    }

    @Test
    void shouldTakeAStepForABackfillBackWhenItIsForMoreThanThat() {
        var backfill = new Wish(datasets("d1"), changes(1), NOON, Optional.empty(), true);
        var waiting = new Waiting(backfill, NOON, Attempts.NONE, Memory.EMPTY);
        agenda.put(1, R1, waiting);
        var behind = agenda.due(NOON).get(0);

        agenda.put(1, R1, waiting.absorb(new Wish(datasets("d1"), changes(2), NOON)));
        var ahead = agenda.due(NOON);

        assertThat(behind.step().kind()).isEqualTo(Step.Kind.BACKFILL);
        assertThat(ahead)
                .singleElement()
                .satisfies(item -> assertThat(item.step().kind()).isEqualTo(Step.Kind.POST));
        assertThat(agenda.begin(behind)).isEmpty();
        assertThat(agenda.begin(ahead.get(0))).isPresent();
    }

    private static List<ReportKey> reports(List<Agenda.Item> items) {
        return items.stream().map(Agenda.Item::report).toList();
    }
}
