package io.freshet.state;

import static io.freshet.state.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.BatchKey;
import io.freshet.event.ChangeDigests;
import io.freshet.event.ChangeOutcome;
import io.freshet.event.ChangeRefs;
import io.freshet.event.DataFreshness;
import io.freshet.event.NotSucceeded;
import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunAccepted;
import io.freshet.event.RunCounts;
import io.freshet.event.RunEvent;
import io.freshet.event.RunFinished;
import io.freshet.event.RunRejected;
import io.freshet.event.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far a batch has come, and what is told of it in the end. */
class OpenBatchTest {

    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());
    private static final BatchKey KEY = new BatchKey("acme", 7);
    private static final NotSucceeded UNKNOWN =
            new NotSucceeded("gone", "dataset", "left_out", "dataset_not_found", null);

    /** What the runs of reports name. */
    private static final Set<String> OF = Set.of("d1");

    private static OpenBatch batch(int reports, int leftOut, NotSucceeded... notFound) {
        var batch = OpenBatch.planned(
                KEY,
                new Target.Space("s1"),
                ChangeRefs.none(),
                ChangeDigests.none(),
                reports,
                leftOut,
                List.of(notFound),
                NOON);
        for (var n = 0; n < reports; n++) {
            batch = batch.carried();
        }
        return batch;
    }

    private static ReportOutcome end(Outcome outcome, int second) {
        var at = NOON.plusSeconds(second);
        return outcome == Outcome.REJECTED
                ? new ReportOutcome(outcome, at, null, "report_not_found")
                : new ReportOutcome(outcome, at, "run" + second, null);
    }

    private static OpenBatch ended(OpenBatch batch, Outcome... outcomes) {
        var after = batch;
        for (var n = 0; n < outcomes.length; n++) {
            after = after.ended(report("r" + n), end(outcomes[n], n), OF);
        }
        return after;
    }

    private static ChangeOutcome outcome(OpenBatch batch) {
        return batch.settlement(DataFreshness.UNKNOWN, NOON).outcome();
    }

    // --- when it is over

    @Test
    void shouldBeOverWhenTheLastReportHasComeToItsEnd() {
        var open = batch(3, 0);

        assertThat(open.isOver()).isFalse();
        assertThat(ended(open, Outcome.SUCCEEDED, Outcome.FAILED).isOver()).isFalse();
        assertThat(ended(open, Outcome.SUCCEEDED, Outcome.FAILED, Outcome.REJECTED)
                        .isOver())
                .isTrue();
    }

    @Test
    void shouldBeOverAtOnceIfNoReportCarriesIt() {
        assertThat(batch(0, 4, UNKNOWN).isOver()).isTrue();
    }

    // --- what became of it

    @Test
    void shouldHaveSucceededWhereEveryReportWasRefreshed() {
        assertThat(outcome(ended(batch(2, 0), Outcome.SUCCEEDED, Outcome.SUCCEEDED)))
                .isEqualTo(ChangeOutcome.SUCCEEDED);
        assertThat(outcome(ended(batch(1, 5), Outcome.SUCCEEDED)))
                .as("what is left out was not meant to be")
                .isEqualTo(ChangeOutcome.SUCCEEDED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SUCCEEDED"})
    void shouldHaveSucceededInPartWhereOneReportWasNotRefreshed(Outcome bad) {
        assertThat(outcome(ended(batch(2, 0), Outcome.SUCCEEDED, bad))).isEqualTo(ChangeOutcome.PARTLY);
        assertThat(outcome(ended(batch(2, 0), bad, Outcome.SUCCEEDED))).isEqualTo(ChangeOutcome.PARTLY);
        assertThat(outcome(ended(batch(2, 0), bad, bad))).isEqualTo(ChangeOutcome.FAILED);
    }

    @Test
    void shouldHaveNothingToDoWithoutReports() {
        assertThat(outcome(batch(0, 0))).isEqualTo(ChangeOutcome.NOTHING_TO_DO);
        assertThat(outcome(batch(0, 9))).isEqualTo(ChangeOutcome.NOTHING_TO_DO);
    }

    @Test
    void shouldNotHaveSucceededWhereADatasetIsUnknown() {
        assertThat(outcome(ended(batch(1, 0, UNKNOWN), Outcome.SUCCEEDED))).isEqualTo(ChangeOutcome.PARTLY);
        assertThat(outcome(ended(batch(1, 0, UNKNOWN), Outcome.FAILED))).isEqualTo(ChangeOutcome.FAILED);
        assertThat(outcome(batch(0, 0, UNKNOWN)))
                .as("nothing was done, though something was meant")
                .isEqualTo(ChangeOutcome.FAILED);
    }

    @Test
    void shouldTellWhyItWasRefused() {
        var why = new NotSucceeded("s1", "space", "refused", "space_not_found", null);
        var one = ChangeDigests.fromBase64("AjUT7+9M2QsAAAAAAAAA/w==");
        var refused = OpenBatch.refused(KEY, new Target.Space("s1"), ChangeRefs.none(), one, one, why, NOON);

        var settlement = refused.settlement(DataFreshness.UNKNOWN, NOON);

        assertThat(refused.isOver()).isTrue();
        assertThat(refused.isRefused()).isTrue();
        assertThat(batch(0, 0).isRefused()).isFalse();
        assertThat(settlement.outcome()).isEqualTo(ChangeOutcome.REFUSED);
        assertThat(settlement.notSucceeded()).containsExactly(why);
        assertThat(settlement.runs()).isEqualTo(RunCounts.leftOut(0));
        assertThat(settlement.lastSuccess()).isEmpty();
    }

    // --- counts

    @Test
    void shouldCountEachReportByItsEnd() {
        var all = ended(
                batch(6, 4),
                Outcome.SUCCEEDED,
                Outcome.FAILED,
                Outcome.CANCELLED,
                Outcome.TIMED_OUT,
                Outcome.REJECTED,
                Outcome.FAILED);

        assertThat(all.settlement(DataFreshness.UNKNOWN, NOON).runs()).isEqualTo(new RunCounts(1, 2, 1, 1, 1, 4));
    }

    @Test
    void shouldNameWhatDidNotEndWell() {
        var all = ended(batch(4, 0, UNKNOWN), Outcome.SUCCEEDED, Outcome.FAILED, Outcome.REJECTED, Outcome.TIMED_OUT);

        assertThat(all.settlement(DataFreshness.UNKNOWN, NOON).notSucceeded())
                .containsExactly(
                        UNKNOWN,
                        new NotSucceeded("r1", "report", "failed", "run_failed", "run1"),
                        new NotSucceeded("r2", "report", "rejected", "report_not_found", null),
                        new NotSucceeded("r3", "report", "timed_out", "run_timed_out", "run3"));
    }

    @Test
    void shouldNameTwentyAndCountAll() {
        var many = new Outcome[50];
        Arrays.fill(many, Outcome.CANCELLED);
        var unknown = IntStream.range(0, 30)
                .mapToObj(n -> new NotSucceeded("d" + n, "dataset", "left_out", "dataset_not_found", null))
                .toArray(NotSucceeded[]::new);

        var settlement = ended(batch(50, 0), many).settlement(DataFreshness.UNKNOWN, NOON);

        assertThat(settlement.notSucceeded()).hasSize(20);
        assertThat(settlement.runs().cancelled()).isEqualTo(50);
        assertThat(ended(batch(50, 0, unknown), many)
                        .settlement(DataFreshness.UNKNOWN, NOON)
                        .notSucceeded())
                .containsExactlyElementsOf(List.of(unknown).subList(0, 20));
    }

    // --- times

    @Test
    void shouldRememberTheLastSuccessInWhateverOrderTheyAreTold() {
        var settlement = batch(3, 0)
                .ended(report("r1"), end(Outcome.SUCCEEDED, 5), OF)
                .ended(report("r2"), end(Outcome.SUCCEEDED, 9), OF)
                .ended(report("r3"), end(Outcome.SUCCEEDED, 7), OF)
                .settlement(DataFreshness.UNKNOWN, NOON.plusSeconds(10));

        assertThat(settlement.lastSuccess()).contains(NOON.plusSeconds(9));
        assertThat(settlement.settledAt()).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void shouldCountNoOtherEndAsASuccess() {
        var settlement = batch(2, 0)
                .ended(report("r1"), end(Outcome.SUCCEEDED, 5), OF)
                .ended(report("r2"), end(Outcome.FAILED, 9), OF)
                .settlement(DataFreshness.UNKNOWN, NOON.plusSeconds(10));

        assertThat(settlement.lastSuccess()).contains(NOON.plusSeconds(5));
    }

    @Test
    void shouldNotHaveSettledBeforeTheSuccessThatItTellsOf() {
        var settlement = ended(batch(1, 0), Outcome.SUCCEEDED).settlement(DataFreshness.UNKNOWN, NOON.minusSeconds(3));

        assertThat(settlement.settledAt()).as("Mode's clock is ahead").isEqualTo(NOON);
    }

    // --- read back

    /** What is counted as it happens must be what is counted from where the reports are, at any moment. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldComeToTheSameFromTheReportsAsFromTheirSteps(long seed) {
        var random = new Random(seed);
        var reports = 15;
        var live = batch(reports, 2, UNKNOWN);
        var ends = new TreeMap<String, ReportOutcome>();
        var order = new ArrayList<>(IntStream.range(0, reports).boxed().toList());
        Collections.shuffle(order, random);
        for (var n : order) {
            var end = end(OUTCOMES.get(random.nextInt(OUTCOMES.size())), random.nextInt(100));
            ends.put("r" + n, end);
            live = live.ended(report("r" + n), end, OF);

            var again = restored(reports, ends);

            assertThat(again.isOver()).isEqualTo(live.isOver());
            assertThat(again.progress().waiting()).isEqualTo(live.progress().waiting());
            assertThat(again.settlement(DataFreshness.UNKNOWN, NOON).runs())
                    .isEqualTo(live.settlement(DataFreshness.UNKNOWN, NOON).runs());
            assertThat(again.settlement(DataFreshness.UNKNOWN, NOON).outcome())
                    .isEqualTo(live.settlement(DataFreshness.UNKNOWN, NOON).outcome());
            assertThat(again.settlement(DataFreshness.UNKNOWN, NOON).lastSuccess())
                    .isEqualTo(live.settlement(DataFreshness.UNKNOWN, NOON).lastSuccess());
            assertThat(again.settlement(DataFreshness.UNKNOWN, NOON).notSucceeded())
                    .containsExactlyInAnyOrderElementsOf(
                            live.settlement(DataFreshness.UNKNOWN, NOON).notSucceeded());
        }
        assertThat(live.isOver()).isTrue();
    }

    private static OpenBatch restored(int reports, Map<String, ReportOutcome> ends) {
        var batch = OpenBatch.planned(
                KEY,
                new Target.Space("s1"),
                ChangeRefs.none(),
                ChangeDigests.none(),
                reports,
                2,
                List.of(UNKNOWN),
                NOON);
        for (var n = 0; n < reports; n++) {
            var end = ends.get("r" + n);
            batch = end == null ? batch.carried() : batch.hadEnded(report("r" + n), end);
        }
        return batch;
    }

    // --- reports that can't be read

    @Test
    void shouldCountReportsThatCanNotBeReadAsFailed() {
        var restored = restored(3, Map.of("r0", end(Outcome.SUCCEEDED, 5)), 1);

        var known = restored.withoutLost(List.of(report("other"), report("r9")));

        assertThat(known.isOver()).isFalse();
        assertThat(known.settlement(DataFreshness.UNKNOWN, NOON).runs()).isEqualTo(new RunCounts(1, 1, 0, 0, 0, 2));
        assertThat(known.settlement(DataFreshness.UNKNOWN, NOON).outcome()).isEqualTo(ChangeOutcome.PARTLY);
        assertThat(known.settlement(DataFreshness.UNKNOWN, NOON).notSucceeded())
                .contains(new NotSucceeded("other", "report", "failed", "quarantined", null));
    }

    @Test
    void shouldCountAReportAsFailedThoughNothingIsLeftOfIt() {
        var known = restored(2, Map.of("r0", end(Outcome.SUCCEEDED, 5)), 0).withoutLost(List.of());

        assertThat(known.isOver()).as("nobody knows of a run").isTrue();
        assertThat(known.settlement(DataFreshness.UNKNOWN, NOON).runs().failed())
                .isEqualTo(1);
        assertThat(known.settlement(DataFreshness.UNKNOWN, NOON).notSucceeded())
                .contains(new NotSucceeded("unknown", "report", "failed", "quarantined", null));
    }

    @Test
    void shouldLoseNothingWhereAllCanBeRead() {
        var whole = restored(2, Map.of("r0", end(Outcome.SUCCEEDED, 5)));

        assertThat(whole.withoutLost(List.of(report("of another batch")))).isEqualTo(whole);
    }

    /** So many of the reports, of which these have ended and so many carry it still. */
    private static OpenBatch restored(int reports, Map<String, ReportOutcome> ends, int carrying) {
        var batch = OpenBatch.planned(
                KEY, new Target.Space("s1"), ChangeRefs.none(), ChangeDigests.none(), reports, 2, List.of(), NOON);
        for (var end : ends.entrySet()) {
            batch = batch.hadEnded(report(end.getKey()), end.getValue());
        }
        for (var n = 0; n < carrying; n++) {
            batch = batch.carried();
        }
        return batch;
    }

    // --- what an event says of an end

    @Test
    void shouldTakeTheEndFromTheEventThatTellsOfIt() {
        var datasets = Samples.datasets("d1");
        var causes = Samples.changes(7);
        Instant at = NOON.plusSeconds(9);

        assertThat(endOf(new RunAccepted(Samples.REPORT, Optional.empty(), "run1", datasets, causes, at, false)))
                .isEmpty();
        assertThat(endOf(new RunFinished(
                        Samples.REPORT,
                        Optional.empty(),
                        "run1",
                        datasets,
                        causes,
                        Outcome.TIMED_OUT,
                        "enqueued",
                        NOON,
                        false,
                        at,
                        Optional.empty())))
                .contains(new ReportOutcome(Outcome.TIMED_OUT, at, "run1", null));
        assertThat(endOf(new RunRejected(
                        Samples.REPORT, Optional.empty(), datasets, causes, "gave_up", 0, "It was tried.", at)))
                .contains(new ReportOutcome(Outcome.REJECTED, at, null, "gave_up"));
    }

    private static Optional<ReportOutcome> endOf(RunEvent event) {
        return ReportOutcome.of(event);
    }

    private static ReportKey report(String token) {
        return new ReportKey("acme", token);
    }
}
