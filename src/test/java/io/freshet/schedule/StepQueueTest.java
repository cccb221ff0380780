package io.freshet.schedule;

import static io.freshet.state.Samples.NOON;
import static io.freshet.state.Samples.changes;
import static io.freshet.state.Samples.datasets;
import static io.freshet.state.Samples.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Kind;
import io.freshet.event.ReportKey;
import io.freshet.state.Attempts;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportHistory;
import io.freshet.state.Running;
import io.freshet.state.Settled;
import io.freshet.state.Step;
import io.freshet.state.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepQueueTest {

    private static final ReportKey R1 = new ReportKey("acme", "r1");
    private static final ReportKey R2 = new ReportKey("acme", "r2");
    private static final ReportKey R3 = new ReportKey("acme", "r3");

    private final Set<ReportKey> held = new HashSet<>();
    private final StepQueue stepQueue = new StepQueue((report, state) -> held.contains(report));

    @Test
    void shouldTakeNothingBeforeItIsDue() {
        stepQueue.put(0, R1, waiting(1, NOON));
        stepQueue.put(0, R2, new Settled(ReportHistory.EMPTY, NOON));

        assertThat(stepQueue.due(NOON.minusMillis(1))).isEmpty();
        assertThat(stepQueue.nextDue()).contains(NOON);
        assertThat(reports(stepQueue.due(NOON))).containsExactly(R1);
        assertThat(stepQueue.nextDue()).isEmpty();
    }

    @Test
    void shouldTakeNoPostOfAHeldReportUntilItIsReleased() {
        held.add(R1);
        stepQueue.put(0, R1, waiting(1, NOON));
        stepQueue.put(0, R2, waiting(1, NOON));

        assertThat(reports(stepQueue.due(NOON))).containsExactly(R2);
        assertThat(stepQueue.takeEarly(R1)).isEmpty();
        assertThat(stepQueue.waitingSince()).as("that of the other").isPresent();
        held.clear();
        stepQueue.released();
        assertThat(stepQueue.nextDue()).contains(NOON);
        assertThat(reports(stepQueue.due(NOON))).containsExactly(R1);
    }

    @Test
    void shouldNotCountAsWaitingWhatIsHeld() {
        stepQueue.put(0, R1, waiting(1, NOON));
        held.add(R1);

        assertThat(stepQueue.waitingSince()).isEmpty();
    }

    @Test
    void shouldTakeNoPostThatWasHeldAfterItWasInTheOrder() {
        stepQueue.put(0, R1, waiting(1, NOON));
        held.add(R1);

        assertThat(stepQueue.due(NOON)).isEmpty();
        held.clear();
        stepQueue.released();
        assertThat(reports(stepQueue.due(NOON))).containsExactly(R1);
    }

    @Test
    void shouldNotBeginAPostThatWasHeldWhileItWaitedForThePermit() {
        stepQueue.put(0, R1, waiting(1, NOON));
        var claimed = stepQueue.due(NOON).get(0);
        held.add(R1);

        assertThat(stepQueue.begin(claimed)).isEmpty();
        stepQueue.over(claimed);
        assertThat(stepQueue.due(NOON)).isEmpty();
        held.clear();
        stepQueue.released();
        assertThat(reports(stepQueue.due(NOON))).containsExactly(R1);
    }

    @Test
    void shouldAskAfterTheRunOfAHeldReport() {
        held.add(R1);
        stepQueue.put(0, R1, running(NOON));

        assertThat(stepQueue.due(NOON)).extracting(next -> next.step().kind()).containsExactly(Step.Kind.ASK);
    }

    @Test
    void shouldTakePostsFirstAndTheOldestChangeFirst() {
        stepQueue.put(0, R1, running(NOON.minusSeconds(9)));
        stepQueue.put(0, R2, waiting(8, NOON.minusSeconds(5)));
        stepQueue.put(0, R3, waiting(7, NOON));

        var due = stepQueue.due(NOON);

        assertThat(reports(due)).containsExactly(R3, R2, R1);
    }

    @Test
    void shouldHaveOneStepAtATimeForAReport() {
        stepQueue.put(0, R1, waiting(1, NOON));
        var item = stepQueue.due(NOON).get(0);

        stepQueue.put(0, R1, running(NOON));
        var meanwhile = stepQueue.due(NOON);
        stepQueue.over(item);

        assertThat(meanwhile).isEmpty();
        assertThat(stepQueue.due(NOON)).extracting(next -> next.step().kind()).containsExactly(Step.Kind.ASK);
    }

    @Test
    void shouldGoByWhereTheReportStandsLast() {
        stepQueue.put(0, R1, waiting(1, NOON));
        stepQueue.put(0, R1, waiting(1, NOON.plusSeconds(5)));

        assertThat(stepQueue.due(NOON)).isEmpty();
        assertThat(stepQueue.due(NOON.plusSeconds(5))).hasSize(1);
        assertThat(stepQueue.due(NOON.plusSeconds(9))).isEmpty();
    }

    @Test
    void shouldBeginAStepWithWhereTheReportStandsNow() {
        stepQueue.put(0, R1, waiting(1, NOON));
        var item = stepQueue.due(NOON).get(0);
        var joined = waiting(1, NOON).merge(request("d2", 2));
        stepQueue.put(0, R1, joined);

        assertThat(stepQueue.begin(item)).contains(joined);
    }

    @Test
    void shouldTakeAStepAgainThatCameToNothing() {
        stepQueue.put(0, R1, waiting(1, NOON));
        var item = stepQueue.due(NOON).get(0);

        stepQueue.over(item);

        assertThat(reports(stepQueue.due(NOON))).containsExactly(R1);
    }

    @Test
    void shouldTakeAStepEarlyAndThenNotWhenItIsDue() {
        stepQueue.put(0, R1, running(NOON.plusSeconds(9)));

        var early = stepQueue.takeEarly(R1).orElseThrow();

        assertThat(stepQueue.due(NOON.plusSeconds(9))).isEmpty();
        assertThat(stepQueue.begin(early)).isPresent();
        stepQueue.over(early);
        assertThat(reports(stepQueue.due(NOON.plusSeconds(9)))).containsExactly(R1);
    }

    @Test
    void shouldTakeNoStepEarlyThatIsTakenOrThatThereIsNot() {
        stepQueue.put(0, R1, running(NOON));
        stepQueue.put(0, R2, new Settled(ReportHistory.EMPTY, NOON));
        stepQueue.put(1, R3, running(NOON));
        stepQueue.leave(Set.of(1));
        var due = stepQueue.due(NOON);

        assertThat(reports(due)).containsExactly(R1);
        assertThat(stepQueue.takeEarly(R1)).as("taken").isEmpty();
        assertThat(stepQueue.takeEarly(R2)).as("at rest").isEmpty();
        assertThat(stepQueue.takeEarly(R3)).as("leaving").isEmpty();
        assertThat(stepQueue.takeEarly(new ReportKey("acme", "r4")))
                .as("unknown")
                .isEmpty();
    }

    @Test
    void shouldBeginNothingForAPartitionThatLeaves() {
        stepQueue.put(0, R1, waiting(1, NOON));
        stepQueue.put(0, R2, waiting(2, NOON));
        stepQueue.put(1, R3, waiting(3, NOON.plusSeconds(1)));
        var taken = stepQueue.due(NOON);

        var left = stepQueue.leave(Set.of(0)).toCompletableFuture();

        assertThat(left).as("nothing has begun").isDone();
        assertThat(stepQueue.begin(taken.get(0))).isEmpty();
        assertThat(reports(stepQueue.due(NOON.plusSeconds(1)))).containsExactly(R3);
    }

    @Test
    void shouldLeaveWhenTheLastStepIsOver() {
        stepQueue.put(0, R1, waiting(1, NOON));
        stepQueue.put(0, R2, waiting(2, NOON));
        var taken = stepQueue.due(NOON);
        taken.forEach(stepQueue::begin);
        var left = stepQueue.leave(Set.of(0)).toCompletableFuture();

        stepQueue.over(taken.get(0));
        var meanwhile = left.isDone();
        stepQueue.over(taken.get(1));

        assertThat(meanwhile).isFalse();
        assertThat(left).isDone();
    }

    @Test
    void shouldForgetAPartitionThatHasLeft() {
        stepQueue.put(0, R1, waiting(1, NOON));
        stepQueue.put(1, R2, waiting(2, NOON));

        stepQueue.left(Set.of(0));

        assertThat(reports(stepQueue.due(NOON))).containsExactly(R2);
        assertThat(stepQueue.census(Kind.REPORT)).isEqualTo(Map.of("waiting", 1));
    }

    @Test
    void shouldIgnoreAStepOfAnEarlierOwnership() {
        stepQueue.put(0, R1, waiting(1, NOON));
        var stale = stepQueue.due(NOON).get(0);
        stepQueue.left(Set.of(0));
        stepQueue.put(0, R1, waiting(1, NOON));

        var begun = stepQueue.begin(stale);
        stepQueue.over(stale);

        assertThat(begun).isEmpty();
        assertThat(stepQueue.due(NOON)).hasSize(1);
        assertThat(stepQueue.due(NOON)).as("taken, and not over").isEmpty();
    }

    @Test
    void shouldOwnAPartitionAgainThatCameBack() {
        stepQueue.put(0, R1, waiting(1, NOON));
        stepQueue.leave(Set.of(0));
        stepQueue.left(Set.of(0));

        stepQueue.put(0, R1, waiting(1, NOON));

        var item = stepQueue.due(NOON).get(0);
        assertThat(stepQueue.begin(item)).isPresent();
    }

    @Test
    void shouldCountTheReportsInEachState() {
        stepQueue.put(0, R1, waiting(1, NOON));
        stepQueue.put(0, R2, running(NOON));
        stepQueue.put(0, R3, new Settled(ReportHistory.EMPTY, NOON));

        assertThat(stepQueue.census(Kind.REPORT)).isEqualTo(Map.of("waiting", 1, "running", 1, "settled", 1));
    }

    private static Waiting waiting(int change, Instant notBefore) {
        return new Waiting(request("d1", change), notBefore, Attempts.NONE, ReportHistory.EMPTY);
    }

    private static Running running(Instant askAt) {
        return new Running(
                new RefreshRequest(datasets("d1"), changes(1), NOON),
                Optional.empty(),
                "run1",
                NOON,
                false,
                "enqueued",
                askAt,
                Duration.ofSeconds(2),
                Optional.empty(),
                Optional.empty(),
                ReportHistory.EMPTY);
    }

    @Test
    void shouldTakeAStepForABackfillBackWhenItIsForMoreThanThat() {
        var backfill = new RefreshRequest(datasets("d1"), changes(1), NOON, Optional.empty(), true);
        var waiting = new Waiting(backfill, NOON, Attempts.NONE, ReportHistory.EMPTY);
        stepQueue.put(1, R1, waiting);
        var behind = stepQueue.due(NOON).get(0);

        stepQueue.put(1, R1, waiting.merge(new RefreshRequest(datasets("d1"), changes(2), NOON)));
        var ahead = stepQueue.due(NOON);

        assertThat(behind.step().kind()).isEqualTo(Step.Kind.BACKFILL);
        assertThat(ahead)
                .singleElement()
                .satisfies(item -> assertThat(item.step().kind()).isEqualTo(Step.Kind.POST));
        assertThat(stepQueue.begin(behind)).isEmpty();
        assertThat(stepQueue.begin(ahead.get(0))).isPresent();
    }

    private static List<ReportKey> reports(List<StepQueue.Claimed> items) {
        return items.stream().map(StepQueue.Claimed::report).toList();
    }
}
