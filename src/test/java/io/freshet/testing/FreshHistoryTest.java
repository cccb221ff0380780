package io.freshet.testing;

import static io.freshet.testing.SettledHistory.DATASET;
import static io.freshet.testing.SettledHistory.REPORT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told as fresh must be so by Mode's own record of runs. */
class FreshHistoryTest {

    private static final String NOT_RUN =
            "fresh: change /etl load-0 is told as fresh, and dataset " + DATASET + " was not run well after it";

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

    @Test
    void shouldBelieveWhatModeConfirms() {
        history.datasetRan("run-of-dataset", "succeeded", 4, 6);

        assertThat(history.found()).isEmpty();
    }

    @Test
    void shouldFindADatasetThatWasNotRun() {
        assertBroken(NOT_RUN);
    }

    @Test
    void shouldFindADatasetThatWasRunBeforeTheChange() {
        history.datasetRan("run-of-dataset", "succeeded", 1, 5);

        assertBroken(NOT_RUN);
    }

    @Test
    void shouldFindADatasetWhoseRunFailed() {
        history.datasetRan("run-of-dataset", "failed", 4, 6);

        assertBroken(NOT_RUN);
    }

    @Test
    void shouldFindADatasetWhoseRunHadNotEnded() {
        history.datasetRan("run-of-dataset", "succeeded", 4, 11);

        assertBroken(NOT_RUN);
    }

    @Test
    void shouldFindAReportThatWasRunBeforeItsDataset() {
        history.datasetRan("run-of-dataset", "succeeded", 4, 7);

        assertBroken("fresh: change /etl load-0 is told as fresh, and report " + REPORT + " was not run after dataset "
                + DATASET);
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
