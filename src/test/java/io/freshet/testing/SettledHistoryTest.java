package io.freshet.testing;

import static io.freshet.testing.SettledHistory.ARCHIVED;
import static io.freshet.testing.SettledHistory.OTHER;
import static io.freshet.testing.SettledHistory.REPORT;
import static io.freshet.testing.SettledHistory.count;
import static io.freshet.testing.SettledHistory.notSucceeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

/** What is told of changes and batches: the judge finds nothing wrong where nothing is, and all that is. */
class SettledHistoryTest {

    private final SettledHistory history = new SettledHistory();
    private final ObjectNode partly = twoChangesThatSucceedInPart();
    private final ObjectNode twoBatches = aRunForTwoBatches();
    private final ObjectNode again = aRefusedChangeThatIsSentAgain();
    private final ObjectNode inParts = aPlanInParts();

    private ObjectNode twoChangesThatSucceedInPart() {
        var changes = List.of("load-0", "load-1");
        history.sent("load-0", 0);
        history.sent("load-1", 1);
        var plan = history.planned("1", 0, changes, List.of(REPORT, OTHER), 3);
        plan.putArray("left_out").addObject().put("token", ARCHIVED).put("kind", "report");
        history.ran("run-1", REPORT, "succeeded", List.of("1"), changes, 9);
        history.rejected(OTHER, List.of("1"), changes, 11);
        for (var change : List.of("load-1", "load-0")) {
            var settled = history.settled(change, 0, "1", "partly", 11);
            count(settled, "succeeded", 1);
            count(settled, "rejected", 1);
            count(settled, "left_out", 1);
            notSucceeded(settled, OTHER, "rejected").put("reason", "forbidden");
        }
        return (ObjectNode) history.settled.get(1).data();
    }

    private ObjectNode aRunForTwoBatches() {
        history.sent("load-2", 19);
        history.sent("load-3", 19);
        history.planned("2", 0, List.of("load-2"), List.of(REPORT), 21);
        history.planned("3", 0, List.of("load-3"), List.of(REPORT), 21);
        history.ran("run-2", REPORT, "succeeded", List.of("2", "3"), List.of("load-2", "load-3"), 27);
        for (var number : List.of("3", "2")) {
            var settled = history.settled("load-" + number, 18.5, number, "succeeded", 28);
            count(settled, "succeeded", 1);
            settled.put("freshness_seconds", 8.499);
        }
        return (ObjectNode) history.settled.get(3).data();
    }

    private ObjectNode aRefusedChangeThatIsSentAgain() {
        history.sentInVain("load-4", 30);
        notSucceeded(history.settled("load-4", 30, "4", "refused", 31), "50acce000001", "refused")
                .put("reason", "data_source_not_found");
        history.sent("load-4", 40);
        history.planned("5", 0, List.of("load-4"), List.of(), 42);
        return history.settled("load-4", 30, "5", "nothing_to_do", 42);
    }

    private ObjectNode aPlanInParts() {
        history.sent("load-5", 50);
        history.planned("6", 1, List.of("load-5"), List.of(REPORT), 51);
        history.planned("6", 2, List.of("load-5"), List.of(OTHER), 51).put("parts", 2);
        history.ran("run-3", REPORT, "cancelled", List.of("6"), List.of("load-5"), 55);
        history.ran("run-4", OTHER, "failed", List.of("6"), List.of("load-5"), 60);
        var settled = history.settled("load-5", 50, "6", "failed", 61);
        count(settled, "cancelled", 1);
        count(settled, "failed", 1);
        notSucceeded(settled, REPORT, "cancelled").put("run_token", "run-3");
        notSucceeded(settled, OTHER, "failed").put("run_token", "run-4");
        return settled;
    }

    private ListAssert<String> assertBroken(boolean isForGood) {
        assertThat(history.found()).extracting(Broken::isForGood).containsOnly(isForGood);
        return assertThat(history.found().stream().map(Broken::what).toList());
    }

    private void settledAt(int number, double second) {
        var event = history.settled.get(number);
        var data = (ObjectNode) event.data();
        data.put("settled_at", SettledHistory.at(second).toString());
        history.settled.set(number, new Event(event.key(), event.id(), event.type(), data, SettledHistory.at(second)));
    }

    @Test
    void shouldFindNothingInAGoodHistory() {
        assertThat(history.found()).isEmpty();
    }

    @Test
    void shouldAllowAChangeToBeSentAgain() {
        history.sent("load-0", 2);
        history.sent("load-1", 70);

        assertThat(history.found()).isEmpty();
    }

    // --- once

    @Test
    void shouldFindAChangeThatWasNeverSettled() {
        history.settled.remove(3);

        assertBroken(false)
                .containsExactly(
                        "planned: the plan of batch 2 (/etl load-2, /etl load-3) counts 1 changes, and 0 are settled",
                        "settled: change /etl load-2 was taken and never settled");
    }

    @Test
    void shouldFindAChangeThatWasSettledTwice() {
        history.settled.add(history.settled.get(3));
        history.sent("load-2", 70);

        assertBroken(true)
                .containsExactly("settled: change /etl load-2 was sent 2 times and settled 2 times:"
                        + " [succeeded, succeeded]");
    }

    @Test
    void shouldFindAChangeThatWasRefusedMoreOftenThanSent() {
        history.sent.removeIf(one -> one.identity().equals("/etl load-4") && !one.isDead());

        assertBroken(true)
                .containsExactly("settled: change /etl load-4 was sent 1 times and settled 2 times:"
                        + " [refused, nothing_to_do]");
    }

    @Test
    void shouldFindARefusedChangeThatWasSentAgainInVain() {
        history.settled.remove(5);
        history.planned.removeIf(event -> event.id().equals("5"));

        assertBroken(false)
                .containsExactly(
                        "settled: change /etl load-4 was sent again after it was refused, and not settled since");
    }

    @Test
    void shouldFindAChangeThatNobodySent() {
        history.sent.removeIf(one -> one.identity().equals("/etl load-3"));

        assertBroken(true).containsExactly("settled: change /etl load-3 was settled and never sent");
    }

    @Test
    void shouldFindARefusedChangeThatIsNoDeadLetter() {
        history.sent.removeIf(Sent::isDead);
        history.sent("load-4", 30);

        assertBroken(false).containsExactly("settled: change /etl load-4 was refused and is no dead letter");
    }

    @Test
    void shouldFindARefusedChangeThatDoesNotSayWhy() {
        var refused = (ObjectNode) history.settled.get(4).data();
        ((ArrayNode) refused.path("not_succeeded")).removeAll();

        assertBroken(true).singleElement().asString().startsWith("settled: change /etl load-4 was refused and says {");
    }

    @Test
    void shouldFindARefusedChangeThatCountsSomething() {
        count((ObjectNode) history.settled.get(4).data(), "left_out", 1);

        assertBroken(true)
                .contains("settled: change /etl load-4 was refused and says "
                        + history.settled.get(4).data());
    }

    @Test
    void shouldFindAnEventThatIsNamedAfterAnotherBatch() {
        var event = history.settled.get(3);
        history.settled.set(3, new Event(event.key(), "9/0", event.type(), event.data(), event.writtenAt()));

        assertBroken(true).containsExactly("settled: change /etl load-2 was settled with batch 2 as event 9/0");
    }

    // --- after its last run

    @Test
    void shouldFindAChangeThatWasSettledTooEarly() {
        settledAt(3, 26.5);

        assertBroken(true)
                .containsExactly(
                        "settled: change /etl load-2 was settled with batch 2 before report " + REPORT + " had ended");
    }

    @Test
    void shouldLeaveTheOrderWithinATransactionOpen() {
        settledAt(3, 27.5);

        assertThat(history.found()).isEmpty();
    }

    @Test
    void shouldFindAReportThatHasNoEnd() {
        history.finished.remove(1);

        assertBroken(false)
                .containsExactly(
                        "settled: report " + REPORT + " of batch 2 (/etl load-2) has 0 ends",
                        "settled: report " + REPORT + " of batch 3 (/etl load-3) has 0 ends");
    }

    @Test
    void shouldFindAReportThatHasTwoEnds() {
        history.rejected(REPORT, List.of("2"), List.of("load-2"), 26);

        assertBroken(true).contains("settled: report " + REPORT + " of batch 2 (/etl load-2, /etl load-3) has 2 ends");
    }

    @Test
    void shouldFindAReportThatWasNotPlanned() {
        history.rejected(OTHER, List.of("2"), List.of("load-2"), 26);

        assertBroken(true)
                .contains("settled: report " + OTHER
                        + " has an end for batch 2 (/etl load-2, /etl load-3), whose plan doesn't name it");
    }

    // --- the truth

    @Test
    void shouldFindAWrongCount() {
        count(partly, "succeeded", 2);

        assertBroken(true)
                .singleElement()
                .asString()
                .startsWith("settled: change /etl load-0 was settled with batch 1 with {")
                .contains("succeeded=2", "succeeded=1");
    }

    @Test
    void shouldFindAWrongCountBeforeAllIsTold() {
        history.finished.remove(0);
        count(partly, "left_out", 0);

        assertThat(history.found())
                .filteredOn(Broken::isForGood)
                .extracting(Broken::what)
                .singleElement()
                .asString()
                .startsWith("settled: change /etl load-0 was settled with batch 1 with {");
    }

    @Test
    void shouldFindAWrongCountOfWhatWasLeftOut() {
        count(partly, "left_out", 0);

        assertBroken(true)
                .singleElement()
                .asString()
                .startsWith("settled: change /etl load-0 was settled with batch 1");
    }

    @Test
    void shouldFindAWrongOutcome() {
        partly.put("outcome", "failed");

        assertBroken(true)
                .containsExactly("settled: change /etl load-0 was settled with batch 1 as failed,"
                        + " and from its own numbers partly follows");
    }

    @Test
    void shouldKnowTheOutcomeOfAChangeThatNamesAnUnknownDataset() {
        notSucceeded(again, "ffffffffffff", "refused").put("reason", "dataset_not_found");

        assertBroken(true)
                .singleElement()
                .asString()
                .endsWith("as nothing_to_do, and from its own numbers failed follows");

        again.put("outcome", "failed");
        assertThat(history.found()).isEmpty();
    }

    @Test
    void shouldFindWhatIsNotNamed() {
        ((ArrayNode) inParts.path("not_succeeded")).remove(0);

        assertBroken(true)
                .singleElement()
                .asString()
                .startsWith("settled: change /etl load-5 names [report " + OTHER + " failed run-4] of batch 6");
    }

    @Test
    void shouldFindWhatIsNamedWithAnotherRun() {
        ((ObjectNode) inParts.path("not_succeeded").path(0)).put("run_token", "run-1");

        assertBroken(true).singleElement().asString().startsWith("settled: change /etl load-5 names [");
    }

    @Test
    void shouldFindAWrongFreshness() {
        twoBatches.put("freshness_seconds", 9.5);

        assertBroken(true)
                .singleElement()
                .asString()
                .startsWith("settled: change /etl load-2 was settled with batch 2 as fresh after Optional[9500] ms");
    }

    @Test
    void shouldFindAFreshnessOfWhatFailed() {
        partly.put("freshness_seconds", 9.0);

        assertBroken(true)
                .singleElement()
                .asString()
                .endsWith("/etl load-0 was settled with batch 1 as fresh after Optional[9000] ms, not Optional.empty");
    }

    // --- plans

    @Test
    void shouldFindABatchThatWasNeverPlanned() {
        history.planned.removeIf(event -> event.id().equals("2"));

        assertBroken(false).containsExactly("planned: batch 2 (/etl load-2, /etl load-3) was never planned");
    }

    @Test
    void shouldFindABatchThatWasPlannedTwice() {
        history.planned("2", 0, List.of("load-2"), List.of(), 22);

        assertBroken(true)
                .containsExactly("planned: the plan of batch 2 (/etl load-2, /etl load-3)"
                        + " is told in 2 events that don't go together");
    }

    @Test
    void shouldFindAReportThatIsPlannedTwice() {
        history.planned("6", 3, List.of("load-5"), List.of(OTHER), 51);

        assertBroken(true).contains("planned: the plan of batch 6 (/etl load-5) names " + OTHER + " twice");
    }

    @Test
    void shouldFindAMissingPart() {
        history.planned.removeIf(event -> event.id().equals("6/1"));

        assertBroken(false).containsExactly("planned: the plan of batch 6 (/etl load-5) lacks parts [1]");
    }

    @Test
    void shouldFindThatTheLastPartIsMissing() {
        history.planned.removeIf(event -> event.id().equals("6/2"));

        assertBroken(false).containsExactly("planned: the plan of batch 6 (/etl load-5) lacks parts [2]");
    }

    @Test
    void shouldFindAPlanThatNamesAnotherChange() {
        ((ObjectNode) history.planned.get(1).data().path("changes").path(0)).put("id", "load-9");

        assertBroken(true)
                .containsExactly("planned: change /etl load-2 was settled with batch 2"
                        + " (/etl load-2, /etl load-3, /etl load-9), whose plan doesn't name it");
    }

    @Test
    void shouldFindAPlanThatCountsItsChangesWrong() {
        ((ObjectNode) history.planned.get(0).data()).put("changes_count", 1);

        assertBroken(true)
                .contains(
                        "planned: the plan of batch 1 (/etl load-0, /etl load-1) lists 2 changes and counts 1",
                        "planned: the plan of batch 1 (/etl load-0, /etl load-1) counts 1 changes, and 2 are settled");
    }

    @Test
    void shouldTakeTwentyChangesForAllThatAreListed() {
        var data = history.planned(
                "7", 0, IntStream.range(0, 21).mapToObj(n -> "m-" + n).toList(), List.of(), 80);
        ((ArrayNode) data.path("changes")).remove(10);
        IntStream.range(0, 21).forEach(n -> {
            history.sent("m-" + n, 79);
            history.settled("m-" + n, 79, "7", "nothing_to_do", 80);
        });

        assertThat(history.found()).isEmpty();
    }

    // --- runs

    @Test
    void shouldFindARunThatIsForNoBatch() {
        ((ObjectNode) history.accepted.get(0).data()).remove("batches");

        assertBroken(true)
                .contains("carried: run run-1 of report " + REPORT + " for [/etl load-0, /etl load-1] is for no batch");
    }

    @Test
    void shouldFindARunThatCountsItsChangesWrong() {
        ((ObjectNode) history.finished.get(1).data()).put("changes_count", 1);

        assertBroken(true)
                .containsExactly("carried: run run-2 of report " + REPORT
                        + " for [/etl load-2, /etl load-3] counts 1 changes, and its batches [2, 3] have 2");
    }

    @Test
    void shouldFindARunThatEndsForOtherBatchesThanItBegan() {
        ((ArrayNode) history.accepted.get(1).data().path("batches")).remove(1);
        ((ObjectNode) history.accepted.get(1).data()).put("changes_count", 1);

        assertBroken(true)
                .containsExactly("carried: run run-2 of report " + REPORT
                        + " for [/etl load-2, /etl load-3] was accepted for batches [2] and finished for [2, 3]");
    }

    @Test
    void shouldFindASecondRunForABatch() {
        history.ran("run-9", REPORT, "succeeded", List.of("2"), List.of("load-2"), 27);

        assertBroken(true)
                .contains("carried: run run-9 of report " + REPORT + " for [/etl load-2] is one more for batch 2");
    }
}
