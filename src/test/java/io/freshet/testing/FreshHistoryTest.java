package io.freshet.testing;

import static io.freshet.testing.SettledHistory.DATASET;
import static io.freshet.testing.SettledHistory.REPORT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told as fresh must be so by Mode's own record of runs. */
class FreshHistoryTest {

    private final SettledHistory history = new SettledHistory();
    private final ObjectNode settled = aChange();

    /** The report's run begins at the sixth second. */
    private ObjectNode aChange() {
        history.sent("load-0", 2);
        history.planned("1", 0, List.of("load-0"), List.of(REPORT), 3);
        history.ran("run-1", REPORT, "succeeded", List.of("1"), List.of("load-0"), 9);
        var settled = history.settled("load-0", 1, "1", "succeeded", 10);
        SettledHistory.count(settled, "succeeded", 1);
        return settled.put("freshness_seconds", 8.0).put("data", "fresh");
    }

    private void assertBroken(String what) {
        assertThat(history.found()).containsExactly(Broken.forGood(what));
    }

    /** @param end of the run of the dataset, by what is shown */
    private void shows(String state, double begin, double end) {
        history.datasetRan("run-of-dataset", state, begin, end);
        history.shows("run-1", "run-of-dataset");
    }

    private static String showing(String what) {
        return "fresh: change /etl load-0 is told as fresh, and report %s shows of dataset %s what %s"
                .formatted(REPORT, DATASET, what);
    }

    @Test
    void shouldBelieveWhatModeConfirms() {
        shows("succeeded", 4, 6);

        assertThat(history.found()).isEmpty();
    }

    /** A run that the report's own has made, as where that queries the warehouse. */
    @Test
    void shouldBelieveAReportThatShowsWhatItsOwnRunHasRead() {
        shows("succeeded", 6, 9);

        assertThat(history.found()).isEmpty();
    }

    @Test
    void shouldFindADatasetThatWasNotRun() {
        assertBroken(showing("nobody has read"));
    }

    @Test
    void shouldFindADatasetThatWasRunBeforeTheChange() {
        shows("succeeded", 1, 5);

        assertBroken(showing("was read at 2026-01-31T06:00:01Z"));
    }

    @Test
    void shouldFindADatasetWhoseRunFailed() {
        shows("failed", 4, 6);

        assertBroken(showing("nobody has read"));
    }

    @Test
    void shouldBelieveThatPeopleSeeWhatWasReadBeforeARunThatFailed() {
        history.datasetRan("run-before", "succeeded", 3, 5);
        shows("failed", 6, 9);

        assertThat(history.found()).isEmpty();
    }

    /** The dataset was run after the change, but the report had loaded its rows before. */
    @Test
    void shouldFindAReportThatWasRunBeforeItsDataset() {
        history.datasetRan("run-of-dataset", "succeeded", 4, 8);
        history.datasetRan("earlier", "succeeded", 0, 1);
        history.shows("run-1", "earlier");

        assertBroken(showing("was read at 2026-01-31T06:00:00Z"));
    }

    @Test
    void shouldFindWhatIsToldAsFreshThoughAReportWasNotRunWell() {
        ((ObjectNode) history.finished.get(0).data()).put("outcome", "failed");
        SettledHistory.count(settled, "succeeded", 0);
        SettledHistory.count(settled, "failed", 1);
        SettledHistory.notSucceeded(settled, REPORT, "failed")
                .put("reason", "run_failed")
                .put("run_token", "run-1");
        settled.put("outcome", "failed").remove("freshness_seconds");
        shows("succeeded", 4, 6);

        assertBroken("fresh: change /etl load-0 is told as fresh, and report " + REPORT + " failed");
    }

    @Test
    void shouldAskNothingOfWhatIsNotToldAsFresh() {
        settled.put("data", "stale");

        assertThat(history.found()).isEmpty();
    }

    @Test
    void shouldKnowNothingElseThanFreshStaleAndUnknown() {
        settled.put("data", "surely");

        assertBroken("settled: change /etl load-0 was settled with batch 1 with data \"surely\"");
    }
}
