package io.freshet.testing;

import static io.freshet.testing.SettledHistory.DATASET;
import static io.freshet.testing.SettledHistory.OTHER;
import static io.freshet.testing.SettledHistory.REPORT;
import static io.freshet.testing.SettledHistory.count;
import static io.freshet.testing.SettledHistory.notSucceeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

/** The judge finds nothing wrong where datasets were run before their reports, and all that is wrong otherwise. */
class DatasetsFirstHistoryTest {

    private static final List<String> CHANGE = List.of("load-0");
    private static final List<String> BATCH = List.of("1");

    private final SettledHistory history = new SettledHistory();

    private ObjectNode plan(boolean datasetsFirst, String... reports) {
        history.sent("load-0", 0);
        return history.planned("1", 0, CHANGE, List.of(reports), 3).put("datasets_first", datasetsFirst);
    }

    private ObjectNode settled(String outcome, int succeeded, double second) {
        var settled = history.settled("load-0", 0, "1", outcome, second);
        count(settled, "succeeded", succeeded);
        return settled;
    }

    private ListAssert<String> broken() {
        return assertThat(history.found().stream().map(Broken::what).toList());
    }

    @Test
    void shouldFindNothingWrongWithADatasetThatIsRunFirst() {
        plan(true, REPORT, OTHER);
        history.datasetFirst("d-1", "succeeded", BATCH, CHANGE, 9);
        history.ran("run-1", REPORT, "succeeded", BATCH, CHANGE, 15);
        history.ran("run-2", OTHER, "succeeded", BATCH, CHANGE, 16);
        settled("succeeded", 3, 17).put("freshness_seconds", 16.0);

        broken().isEmpty();
    }

    @Test
    void shouldFindNothingWrongWithReportsOfADatasetThatFailed() {
        plan(true, REPORT);
        history.datasetFirst("d-1", "failed", BATCH, CHANGE, 9);
        history.rejected(REPORT, BATCH, CHANGE, 10);
        var settled = settled("failed", 0, 10);
        count(settled, "failed", 1);
        count(settled, "rejected", 1);
        notSucceeded(settled, DATASET, "failed").put("kind", "dataset").put("run_token", "d-1");
        notSucceeded(settled, REPORT, "rejected").put("reason", "forbidden");

        broken().isEmpty();
    }

    @Test
    void shouldFindAReportThatWasPostedBeforeItsDatasetHadEnded() {
        plan(true, REPORT);
        history.ran("run-1", REPORT, "succeeded", BATCH, CHANGE, 11);
        history.datasetFirst("d-1", "succeeded", BATCH, CHANGE, 9);
        settled("succeeded", 2, 12).put("freshness_seconds", 11.0);

        broken().containsExactly(
                        "datasets first: run run-1 of report %s was posted before dataset %s had ended for batch 1"
                                .formatted(REPORT, DATASET),
                        "datasets first: run run-1 of report %s was told of before the end of dataset %s for batch 1"
                                .formatted(REPORT, DATASET));
    }

    @Test
    void shouldFindAReportThatShowsADatasetWhoseRunFailed() {
        plan(true, REPORT);
        history.datasetFirst("d-1", "failed", BATCH, CHANGE, 9);
        history.ran("run-1", REPORT, "succeeded", BATCH, CHANGE, 15);
        var settled = settled("partly", 1, 16);
        count(settled, "failed", 1);
        notSucceeded(settled, DATASET, "failed").put("kind", "dataset").put("run_token", "d-1");

        broken().containsExactly(
                        "datasets first: run run-1 of report %s names dataset %s, which was not run well for [1]"
                                .formatted(REPORT, DATASET));
    }

    @Test
    void shouldFindADatasetThatIsRunTwiceForABatch() {
        plan(true, REPORT);
        history.datasetFirst("d-1", "succeeded", BATCH, CHANGE, 9);
        history.datasetFirst("d-2", "succeeded", BATCH, CHANGE, 10);
        history.ran("run-1", REPORT, "succeeded", BATCH, CHANGE, 15);
        settled("succeeded", 3, 16).put("freshness_seconds", 15.0);

        broken().contains("datasets first: dataset %s has two ends for batch 1".formatted(DATASET));
    }

    @Test
    void shouldFindADatasetThatIsRunThoughThePlanDoesNotSaySo() {
        plan(false, REPORT);
        history.datasetFirst("d-1", "succeeded", BATCH, CHANGE, 9);
        history.ran("run-1", REPORT, "succeeded", BATCH, CHANGE, 15);
        settled("succeeded", 2, 16).put("freshness_seconds", 15.0);

        broken().containsExactly(
                        "datasets first: dataset %s was run for batch 1, whose plan doesn't say so".formatted(DATASET));
    }
}
