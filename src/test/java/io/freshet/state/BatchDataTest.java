package io.freshet.state;

import static io.freshet.state.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.BatchKey;
import io.freshet.event.ChangeDigests;
import io.freshet.event.ChangeRefs;
import io.freshet.event.DataFreshness;
import io.freshet.event.NotSucceeded;
import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunFinished;
import io.freshet.event.Target;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a batch knows of its datasets when its runs have ended, and what it must ask for. */
class BatchDataTest {

    private static final ReportKey REPORT = new ReportKey("acme", "r1");

    private static OpenBatch batch(AffectedDatasets datasets, NotSucceeded... notFound) {
        return OpenBatch.planned(
                        new BatchKey("acme", 7),
                        new Target.DataSource("5a1d"),
                        ChangeRefs.none(),
                        ChangeDigests.none(),
                        3,
                        0,
                        List.of(notFound),
                        NOON)
                .affecting(datasets);
    }

    private static AffectedDatasets datasets(String... alreadyFresh) {
        return datasets(Optional.of(NOON), alreadyFresh);
    }

    private static AffectedDatasets datasets(Optional<Instant> knownAt, String... alreadyFresh) {
        return new AffectedDatasets(
                new TreeSet<>(List.of("d1", "d2")), new TreeSet<>(Arrays.asList(alreadyFresh)), knownAt);
    }

    private static ReportOutcome outcome(Outcome outcome) {
        return new ReportOutcome(outcome, NOON, "run1", null);
    }

    private static OpenBatch ran(OpenBatch batch, Outcome outcome, String... datasets) {
        var after = batch;
        for (var dataset : datasets) {
            after = after.hadEnded(ReportKey.dataset("acme", dataset), outcome(outcome));
        }
        return after;
    }

    private static OpenBatch shown(OpenBatch batch, Outcome outcome) {
        return batch.hadEnded(REPORT, outcome(outcome));
    }

    @Test
    void shouldBeFreshIfEachDatasetWasRunFirst() {
        var batch = shown(ran(batch(datasets()), Outcome.SUCCEEDED, "d1", "d2"), Outcome.SUCCEEDED);

        assertThat(batch.data()).contains(DataFreshness.FRESH);
        assertThat(batch.doubtful()).isEmpty();
    }

    @Test
    void shouldBeFreshIfTheOthersWereFreshAlready() {
        assertThat(shown(ran(batch(datasets("d2")), Outcome.SUCCEEDED, "d1"), Outcome.SUCCEEDED)
                        .data())
                .contains(DataFreshness.FRESH);
        assertThat(shown(batch(datasets("d1", "d2")), Outcome.SUCCEEDED).data()).contains(DataFreshness.FRESH);
    }

    @Test
    void shouldAskIfADatasetWasNotRunFirst() {
        var batch = shown(ran(batch(datasets()), Outcome.SUCCEEDED, "d1"), Outcome.SUCCEEDED);

        assertThat(batch.data()).isEmpty();
        assertThat(batch.doubtful()).containsExactly("d2");
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SUCCEEDED"})
    void shouldNeverBeFreshIfAReportWasNotRunWell(Outcome bad) {
        assertThat(shown(ran(batch(datasets()), Outcome.SUCCEEDED, "d1", "d2"), bad)
                        .data())
                .contains(DataFreshness.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SUCCEEDED"})
    void shouldAskIfADatasetWasNotRunWell(Outcome bad) {
        var batch = shown(ran(ran(batch(datasets()), Outcome.SUCCEEDED, "d1"), bad, "d2"), Outcome.SUCCEEDED);

        assertThat(batch.data()).isEmpty();
        assertThat(batch.doubtful()).containsExactly("d2");
        assertThat(batch.notRunWell()).containsExactly("d2");
    }

    @Test
    void shouldNotRelyOnARunThatMayBeSomebodyElses() {
        var foundDataset = ran(batch(datasets()), Outcome.SUCCEEDED, "d2")
                .hadEnded(
                        ReportKey.dataset("acme", "d1"),
                        outcome(Outcome.SUCCEEDED).found());
        var foundReport = ran(batch(datasets()), Outcome.SUCCEEDED, "d1", "d2")
                .hadEnded(REPORT, outcome(Outcome.SUCCEEDED).found());

        assertThat(shown(foundDataset, Outcome.SUCCEEDED).data()).isEmpty();
        assertThat(foundReport.data()).contains(DataFreshness.UNKNOWN);
    }

    @Test
    void shouldRememberThatARunWasFound() {
        var waiting = new Waiting(Samples.request("d1", 7), NOON, Attempts.NONE, ReportHistory.EMPTY);
        var posting = (Posting) waiting.posting(NOON, NOON).to();
        var running = (Running)
                posting.listed(REPORT, Samples.listed(List.of(Samples.run("run1", NOON))), NOON, NOON, Samples.PACE)
                        .to();
        var end = new RunEnd(Outcome.SUCCEEDED, "succeeded", NOON, Optional.empty())
                .of(REPORT, running, NOON, running.memory());
        var event = (RunFinished) end.told().orElseThrow();

        assertThat(end.to().memory().outcomes().values())
                .contains(ReportOutcome.of(event).found())
                .doesNotContain(ReportOutcome.of(event));
    }

    @Test
    void shouldNotBeFreshIfANamedDatasetIsUnknown() {
        var gone = new NotSucceeded("gone", "dataset", "left_out", "dataset_not_found", null);

        assertThat(shown(ran(batch(datasets(), gone), Outcome.SUCCEEDED, "d1", "d2"), Outcome.SUCCEEDED)
                        .data())
                .contains(DataFreshness.UNKNOWN);
    }

    @Test
    void shouldAskForNothingIfNothingWasRun() {
        assertThat(batch(datasets()).data()).contains(DataFreshness.UNKNOWN);
    }

    @Test
    void shouldAskForNothingThatCouldNotBeCompared() {
        assertThat(shown(batch(datasets(Optional.empty())), Outcome.SUCCEEDED).data())
                .contains(DataFreshness.UNKNOWN);
        assertThat(shown(batch(AffectedDatasets.UNKNOWN), Outcome.SUCCEEDED).data())
                .contains(DataFreshness.UNKNOWN);
    }

    @Test
    void shouldKeepToWhatWasProved() {
        var batch = shown(batch(datasets()), Outcome.SUCCEEDED).proved(DataFreshness.STALE);

        assertThat(batch.data()).contains(DataFreshness.STALE);
        assertThat(batch.settlement(DataFreshness.STALE, NOON).data()).isEqualTo(DataFreshness.STALE);
    }

    @Test
    void shouldKnowOfWhichDatasetsAReportWasNotRunWell() {
        var batch = batch(datasets()).carried().ended(REPORT, outcome(Outcome.FAILED), Set.of("d2"));

        assertThat(batch.notRunWell()).isEqualTo(new TreeSet<>(Set.of("d2")));
        assertThat(batch(datasets()).notRunWell()).isEqualTo(Collections.emptySortedSet());
    }
}
