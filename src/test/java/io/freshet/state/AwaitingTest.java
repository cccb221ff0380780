package io.freshet.state;

import static io.freshet.state.Samples.NOON;
import static io.freshet.state.Samples.PACE;
import static io.freshet.state.Samples.REPORT;
import static io.freshet.state.Samples.and;
import static io.freshet.state.Samples.changes;
import static io.freshet.state.Samples.datasets;
import static io.freshet.state.Samples.remembering;
import static io.freshet.state.Samples.request;
import static io.freshet.state.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunRejected;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AwaitingTest {

    private static final ReportKey DATASET = ReportKey.dataset("acme", "d1");
    private static final Instant LATER = NOON.plusSeconds(60);
    private static final Settled AT_REST = new Settled(ReportHistory.EMPTY, NOON);

    private final Map<String, ReportState> datasets = new HashMap<>();

    private static Awaiting part(String all, String awaited, int batch) {
        return new Awaiting(request(all, batch), datasets(awaited));
    }

    private void runs(String dataset, int... batches) {
        datasets.put(dataset, new Waiting(request(dataset, batches), NOON, Attempts.NONE, ReportHistory.EMPTY));
    }

    private void ended(String dataset, Outcome outcome, int batch) {
        var end = new ReportOutcome(outcome, NOON, outcome == Outcome.REJECTED ? null : "run1", null);
        var before = Optional.ofNullable(datasets.get(dataset))
                .map(ReportState::memory)
                .orElse(ReportHistory.EMPTY);
        datasets.put(dataset, new Settled(and(before, batch, end), NOON));
    }

    private Optional<Transition> release(ReportState state) {
        return state.release(REPORT, token -> datasets.getOrDefault(token, ReportState.unknown()), LATER);
    }

    private ReportState released(ReportState state) {
        return release(state).orElseThrow().to();
    }

    @Test
    void shouldWaitForTheDatasetsOfItsBatch() {
        runs("d1", 7);
        ended("d2", Outcome.SUCCEEDED, 7);

        var waiting = AT_REST.await(part("d1,d2", "d1,d2", 7));

        assertThat(waiting.step()).isEmpty();
        assertThat(waiting.name()).isEqualTo("waiting");
        assertThat(waiting.isAtRest()).isFalse();
        assertThat(waiting.carried()).containsExactly(7L);
        assertThat(release(waiting)).isEmpty();
    }

    @Test
    void shouldKnowABatchThatItWaitsFor() {
        var waiting = AT_REST.await(part("d1", "d1", 7));

        assertThat(waiting.await(part("d1,d2", "d1", 7))).isSameAs(waiting);
        assertThat(waiting.merge(request("d3", 7))).isSameAs(waiting);
    }

    @Test
    void shouldComeInAsARefreshWhenTheLastOfThemHasEnded() {
        ended("d1", Outcome.SUCCEEDED, 7);
        ended("d2", Outcome.SUCCEEDED, 7);

        var step = release(AT_REST.await(part("d1,d2,d3", "d1,d2", 7))).orElseThrow();

        assertThat(step.to()).isEqualTo(new Waiting(request("d1,d2,d3", 7), NOON, Attempts.NONE, ReportHistory.EMPTY));
        assertThat(step.told()).isEmpty();
        assertThat(step.durable()).isTrue();
    }

    /** Of the dataset's run it is only the batches that it carried that have ended. */
    @Test
    void shouldWaitOnForABatchWhoseDatasetRunsAgain() {
        ended("d1", Outcome.SUCCEEDED, 7);
        datasets.computeIfPresent("d1", (token, ended) -> ended.merge(request("d1", 8)));
        var state = AT_REST.await(part("d1", "d1", 7)).await(part("d1", "d1", 8));

        var after = released(state);

        assertThat(after.underWay()).contains(request("d1", 7));
        assertThat(after.memory().awaiting()).containsOnlyKeys(8L);
        assertThat(release(after)).isEmpty();
    }

    @Test
    void shouldMakeAFollowUpWhileARunIsOpen() {
        ended("d1", Outcome.SUCCEEDED, 8);
        ended("d1", Outcome.SUCCEEDED, 9);
        var running = new Waiting(request("d1", 7), NOON, Attempts.NONE, ReportHistory.EMPTY)
                .posting(NOON, NOON)
                .to()
                .ifPosting()
                .orElseThrow()
                .accepted(REPORT, run("run7", NOON), NOON, PACE)
                .to();

        var after = released(running.await(part("d1", "d1", 8)).await(part("d1,d2", "d1", 9)));

        assertThat(after.ifRunning().orElseThrow().runToken()).isEqualTo("run7");
        assertThat(after.following()).contains(request("d1,d2", 8, 9));
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"FAILED", "CANCELLED", "TIMED_OUT"})
    void shouldTakeOutADatasetWhoseRunEndedBadly(Outcome outcome) {
        ended("d1", outcome, 7);
        ended("d2", Outcome.SUCCEEDED, 7);

        var after = released(AT_REST.await(part("d1,d2,d3", "d1,d2", 7)));

        assertThat(after.underWay().orElseThrow().datasetTokens()).isEqualTo(datasets("d2,d3"));
    }

    @Test
    void shouldNotTakeOutADatasetThatModeRefusesToRun() {
        ended("d1", Outcome.REJECTED, 7);

        assertThat(released(AT_REST.await(part("d1", "d1", 7))).underWay()).contains(request("d1", 7));
    }

    @Test
    void shouldBeRejectedOnceForAllBatchesOfWhichNoDatasetIsLeft() {
        ended("d1", Outcome.FAILED, 7);
        ended("d1", Outcome.FAILED, 8);
        ended("d2", Outcome.SUCCEEDED, 9);
        var state =
                AT_REST.await(part("d1", "d1", 7)).await(part("d1", "d1", 8)).await(part("d2", "d2", 9));

        var step = release(state).orElseThrow();

        var told = (RunRejected) step.told().orElseThrow();
        assertThat(told.reason()).isEqualTo("dataset_failed");
        assertThat(told.status()).isZero();
        assertThat(told.datasetTokens()).isEqualTo(datasets("d1"));
        assertThat(told.changes()).isEqualTo(changes(7, 8));
        assertThat(told.rejectedAt()).isEqualTo(LATER);
        assertThat(step.to().underWay()).contains(request("d2", 9));
        assertThat(step.to().memory().outcomes()).containsOnlyKeys(7L, 8L);
        assertThat(step.to().memory().awaiting()).isEmpty();
    }

    @Test
    void shouldBeAtRestAfterARejectionFromThenOn() {
        ended("d1", Outcome.FAILED, 7);

        var after = released(AT_REST.await(part("d1", "d1", 7)));

        assertThat(after.isAtRest()).isTrue();
        assertThat(after.ifWaiting()).isEmpty();
        assertThat(((Settled) after).since()).isEqualTo(LATER);
    }

    /** Nobody knows whether it was run: the report is not to show it as if it had been. */
    @Test
    void shouldTakeADatasetOfWhichNothingIsKnownForOneThatFailed() {
        var told = release(AT_REST.await(part("d1", "d1", 7))).orElseThrow().told();

        assertThat(told).isPresent();
    }

    @Test
    void shouldKeepItsPartsThroughEveryState() {
        var part = part("d1", "d1", 9);
        var waiting = (Waiting) new Waiting(request("d1", 7), NOON, Attempts.NONE, remembering(6)).await(part);
        var posting = waiting.posting(NOON, NOON).to().ifPosting().orElseThrow();
        var running = posting.accepted(REPORT, run("run7", NOON), NOON, PACE)
                .to()
                .ifRunning()
                .orElseThrow();
        var settled = running.finished(REPORT, Outcome.FAILED, "failed", LATER).to();

        assertThat(List.of(waiting, posting, running, settled, settled.readBack(LATER, PACE)))
                .allSatisfy(state -> assertThat(state.memory().awaiting()).containsExactly(Map.entry(9L, part)));
        assertThat(settled.name()).isEqualTo("waiting");
    }

    // --- runs that Mode refuses

    private static Transition refused(ReportKey report, ReportState state, int status) {
        return state.ifPosting().orElseThrow().refused(report, new Refusal("forbidden", status, "No."), NOON);
    }

    private static ReportState posting() {
        return new Waiting(request("d1", 7), NOON, Attempts.NONE, ReportHistory.EMPTY)
                .posting(NOON, NOON)
                .to()
                .merge(request("d1", 8));
    }

    @Test
    void shouldRefuseTheNextRunOfADatasetTogetherWithTheFirst() {
        var step = refused(DATASET, posting(), 403);

        assertThat(step.told().orElseThrow().changes().batches()).containsExactly(7L, 8L);
        assertThat(step.to().isAtRest()).isTrue();
        assertThat(step.to().memory().outcomes()).containsOnlyKeys(7L, 8L);
    }

    @Test
    void shouldTryTheNextRunOfAReportAfterARefusal() {
        var step = refused(REPORT, posting(), 403);

        assertThat(step.told().orElseThrow().changes().batches()).containsExactly(7L);
        assertThat(step.to().underWay()).contains(request("d1", 8));
        assertThat(step.to().wasRefusedLately(NOON)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"403, true", "404, true", "405, true", "400, false", "0, false"})
    void shouldRememberARefusalThatLastsForADay(int status, boolean lasts) {
        var after = refused(DATASET, posting(), status).to();

        assertThat(after.wasRefusedLately(NOON.plus(Duration.ofHours(23)))).isEqualTo(lasts);
        assertThat(after.wasRefusedLately(NOON.plus(Duration.ofHours(24)))).isFalse();
    }

    @Test
    void shouldForgetTheRefusalWhenModeTakesARun() {
        var asked = refused(DATASET, posting(), 403).to().merge(request("d1", 9));
        var running = asked.ifWaiting()
                .orElseThrow()
                .posting(NOON, NOON)
                .to()
                .ifPosting()
                .orElseThrow()
                .accepted(DATASET, run("run9", NOON), NOON, PACE)
                .to();

        assertThat(asked.wasRefusedLately(NOON)).isTrue();
        assertThat(running.wasRefusedLately(NOON)).isFalse();
    }

    /** Whoever saved it may have had a clock that was ahead by hours. */
    @Test
    void shouldNotCountARefusalForLongerThanADayWhereverItWasSaved() {
        var saved = refused(DATASET, posting(), 403).to();

        var readBack = saved.readBack(NOON.minus(Duration.ofHours(5)), PACE);

        assertThat(readBack.wasRefusedLately(NOON.plus(Duration.ofHours(18)))).isTrue();
        assertThat(readBack.wasRefusedLately(NOON.plus(Duration.ofHours(19)))).isFalse();
    }
}
