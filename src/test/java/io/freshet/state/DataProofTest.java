package io.freshet.state;

import static io.freshet.state.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.BatchKey;
import io.freshet.event.ChangeDigests;
import io.freshet.event.ChangeRefs;
import io.freshet.event.DataFreshness;
import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the datasets' own rows say, of a change that was read at noon. */
class DataProofTest {

    private static final ReportKey R1 = new ReportKey("acme", "r1");
    private static final ReportKey R2 = new ReportKey("acme", "r2");

    private static OpenBatch batch(Optional<Instant> knownAt) {
        return OpenBatch.planned(
                        new BatchKey("acme", 7),
                        new Target.DataSource("5a1d"),
                        ChangeRefs.none(),
                        ChangeDigests.none(),
                        2,
                        0,
                        List.of(),
                        NOON)
                .affecting(
                        new AffectedDatasets(new TreeSet<>(List.of("d1", "d2")), Collections.emptySortedSet(), knownAt))
                .carried()
                .carried();
    }

    private static OpenBatch ended(Outcome first, Outcome second) {
        return batch(Optional.of(NOON))
                .ended(R1, new ReportOutcome(first, NOON, "run1", null), Set.of("d1"))
                .ended(R2, new ReportOutcome(second, NOON, "run2", null), Set.of("d1", "d2"));
    }

    private static OpenBatch succeeded() {
        return ended(Outcome.SUCCEEDED, Outcome.SUCCEEDED);
    }

    /** In seconds since noon. */
    private static LastRun run(int begun, int succeeded) {
        return new LastRun(Optional.of(NOON.plusSeconds(begun)), Optional.of(NOON.plusSeconds(succeeded)));
    }

    private static DataProof proof(OpenBatch batch, Map<String, LastRun> rows) {
        return DataProof.of(batch, rows, Duration.ZERO);
    }

    @Test
    void shouldFindADatasetStaleThatWasLastRunBeforeTheChange() {
        var proof = proof(succeeded(), Map.of("d1", run(-60, -50), "d2", run(5, 9)));

        assertThat(proof.data()).isEqualTo(DataFreshness.STALE);
        assertThat(proof.teaching()).containsExactly("d1");
    }

    /** Such a run may be the report's own, or somebody else's, whose end the report didn't wait for. */
    @Test
    void shouldNotTakeForFreshWhatWasRunSince() {
        var proof = proof(succeeded(), Map.of("d1", run(5, 9), "d2", run(5, 9)));

        assertThat(proof.data()).isEqualTo(DataFreshness.UNKNOWN);
        assertThat(proof.teaching()).isEmpty();
    }

    @Test
    void shouldKnowNothingIfRowsSayNothing() {
        var silent = new LastRun(Optional.empty(), Optional.empty());

        assertThat(proof(succeeded(), Map.of("d1", silent)).data()).isEqualTo(DataFreshness.UNKNOWN);
        assertThat(proof(succeeded(), Map.of()).data()).isEqualTo(DataFreshness.UNKNOWN);
    }

    @Test
    void shouldNotTakeTheInstantOfTheChangeForEarlier() {
        assertThat(proof(succeeded(), Map.of("d1", run(0, 9))).data()).isEqualTo(DataFreshness.UNKNOWN);
    }

    @ParameterizedTest(name = "of a run since, the last success ended {0} s after noon: {1}")
    @CsvSource({"-1, STALE", "0, UNKNOWN", "9, UNKNOWN"})
    void shouldFindStaleWhatHasFailedSince(int succeeded, DataFreshness data) {
        var proof = proof(succeeded(), Map.of("d1", run(5, succeeded)));

        assertThat(proof.data()).isEqualTo(data);
        assertThat(proof.teaching()).as("a run that failed teaches nothing").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"FAILED", "CANCELLED", "TIMED_OUT", "REJECTED"})
    void shouldLearnNothingOfADatasetOneOfWhoseReportsWasNotRunWell(Outcome bad) {
        var rows = Map.of("d1", run(-60, -50), "d2", run(-60, -50));

        var ofBoth = proof(ended(Outcome.SUCCEEDED, bad), rows);
        var ofOne = proof(ended(bad, Outcome.SUCCEEDED), rows);

        assertThat(ofBoth.data()).isEqualTo(DataFreshness.STALE);
        assertThat(ofBoth.teaching()).isEmpty();
        assertThat(ofOne.teaching()).containsExactly("d2");
    }

    /** After a restart nobody knows of which datasets a report is that was not run well. */
    @Test
    void shouldLearnNothingIfItIsNotKnownWhichReportFailed() {
        var batch = batch(Optional.of(NOON))
                .ended(R1, new ReportOutcome(Outcome.SUCCEEDED, NOON, "run1", null), Set.of("d1"))
                .hadEnded(R2, new ReportOutcome(Outcome.FAILED, NOON, "run2", null));

        assertThat(proof(batch, Map.of("d1", run(-60, -50))).teaching()).isEmpty();
    }

    @Test
    void shouldLookAtNoDatasetThatWasRunFirst() {
        var batch = succeeded()
                .hadEnded(ReportKey.dataset("acme", "d1"), new ReportOutcome(Outcome.SUCCEEDED, NOON, "run3", null));

        assertThat(proof(batch, Map.of("d1", run(-60, -50))).data()).isEqualTo(DataFreshness.UNKNOWN);
    }

    @Test
    void shouldGoByTheClockThatStampsRuns() {
        var rows = Map.of("d1", run(-10, -5));

        assertThat(DataProof.of(succeeded(), rows, Duration.ofSeconds(-9)).data())
                .isEqualTo(DataFreshness.STALE);
        assertThat(DataProof.of(succeeded(), rows, Duration.ofSeconds(-10)).data())
                .isEqualTo(DataFreshness.UNKNOWN);
    }

    @Test
    void shouldKnowNothingIfItIsNotKnownWhenTheChangeWasRead() {
        assertThat(proof(batch(Optional.empty()), Map.of("d1", run(-60, -50))).data())
                .isEqualTo(DataFreshness.UNKNOWN);
    }

    /** It may be somebody else's, from before the change. */
    @Test
    void shouldLearnNothingFromARunThatWasFoundInMode() {
        var batch = batch(Optional.of(NOON))
                .ended(R1, new ReportOutcome(Outcome.SUCCEEDED, NOON, "run1", null).found(), Set.of("d1"))
                .ended(R2, new ReportOutcome(Outcome.SUCCEEDED, NOON, "run2", null), Set.of("d1", "d2"));

        var proof = proof(batch, Map.of("d1", run(-60, -50), "d2", run(-60, -50)));

        assertThat(proof.data()).isEqualTo(DataFreshness.STALE);
        assertThat(proof.teaching()).isEmpty();
    }
}
