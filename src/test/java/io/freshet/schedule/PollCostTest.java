package io.freshet.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.state.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many calls it takes to see the ends of many runs. Beside these, each run costs its POST. */
class PollCostTest {

    private static final Duration SHORT = Duration.ofMillis(1500);
    private static final Duration LONG = Duration.ofSeconds(45);

    /** One POST, and its part of 42 pages that tell which 200 reports 20 datasets have, as in the benchmark "Budget". */
    private static final double POST_AND_LISTINGS = 1 + 42 / 200.0;

    private static final String GOAL = "calls per report, with its POST and the listings; the goal is 1.3";

    private final SimulatedPolling polling = new SimulatedPolling();

    private PollCost round(String what, List<String> reports, Duration shortest, Duration longest) {
        var calls = polling.round(reports, shortest, longest);
        System.out.printf("%s: %s%n", what, calls);
        assertThat(calls.runs()).as("runs that ended").isEqualTo(reports.size());
        return calls;
    }

    private List<String> collections(int count, int of) {
        var reports = new ArrayList<String>();
        for (var number = 0; number < count; number++) {
            var listed = SimulatedPolling.reports("c%02d-".formatted(number), of);
            polling.collection("space " + number, listed);
            reports.addAll(listed);
        }
        return reports;
    }

    private List<String> aloneEach() {
        var reports = SimulatedPolling.reports("r", 100);
        reports.forEach(report -> polling.collection("space of " + report, List.of(report)));
        return reports;
    }

    private List<String> fewInALargeCollection() {
        polling.collection("large", SimulatedPolling.reports("r", 1000));
        return SimulatedPolling.reports("r", 40);
    }

    @Test
    void shouldStayAtTheGoalForABurstOf200ReportsInOneCollection() {
        var reports = collections(1, 200);

        var first = round("1 Collection of 200, first runs of 1.5 s", reports, SHORT, SHORT);
        var second = round("1 Collection of 200, second runs of 1.5 s", reports, SHORT, SHORT);

        assertThat(POST_AND_LISTINGS + first.callsPerRun()).as(GOAL).isLessThanOrEqualTo(1.32);
        assertThat(POST_AND_LISTINGS + second.callsPerRun()).as(GOAL).isLessThanOrEqualTo(1.3);
    }

    @Test
    void shouldStayAtTheGoalForABurstOf200ReportsInTenCollectionsOnceTheyAreKnown() {
        var reports = collections(10, 20);

        var first = round("10 Collections of 20, first runs of 1.5 s", reports, SHORT, SHORT);
        var second = round("10 Collections of 20, second runs of 1.5 s", reports, SHORT, SHORT);

        assertThat(POST_AND_LISTINGS + first.callsPerRun()).as(GOAL).isLessThanOrEqualTo(1.45);
        assertThat(POST_AND_LISTINGS + second.callsPerRun()).as(GOAL).isLessThanOrEqualTo(1.3);
    }

    @Test
    void shouldTakeFewCallsForManyRunsThatAreOpenInFewCollections() {
        var reports = collections(4, 25);

        var first = round("4 Collections, first runs of 45 s", reports, LONG, LONG);
        var second = round("4 Collections, second runs of 45 s", reports, LONG, LONG);
        var third =
                round("4 Collections, third runs of 30 to 60 s", reports, LONG.minusSeconds(15), LONG.plusSeconds(15));

        assertThat(first.callsPerRun()).as("nobody knows how long they take").isLessThanOrEqualTo(0.6);
        assertThat(second.callsPerRun())
                .as("with 1 POST and 0.21 to find out which reports: 1.3")
                .isLessThanOrEqualTo(0.09);
        assertThat(third.callsPerRun()).isLessThanOrEqualTo(0.3);
    }

    @Test
    void shouldTakeFewCallsForRunsThatHaveEndedBeforeAnybodyAsks() {
        var reports = collections(4, 25);

        var first = round("4 Collections, first runs of 1.5 s", reports, SHORT, SHORT);
        var second = round("4 Collections, second runs of 1.5 s", reports, SHORT, SHORT);

        assertThat(first.callsPerRun()).isLessThanOrEqualTo(0.3);
        assertThat(second.callsPerRun()).isLessThanOrEqualTo(0.09);
    }

    @Test
    void shouldTakeOneCallForEachRunAndReadNoPageIfEachReportIsAlone() {
        var reports = aloneEach();

        var first = round("alone, first runs of 1.5 s", reports, SHORT, SHORT);
        var second = round("alone, second runs of 1.5 s", reports, SHORT, SHORT);
        var third = round("alone, third runs of 45 s", reports, LONG, LONG);
        var fourth = round("alone, fourth runs of 45 s", reports, LONG, LONG);

        assertThat(List.of(first, second, third, fourth)).allMatch(calls -> calls.ofPage() == 0);
        assertThat(List.of(first, second, fourth)).allMatch(calls -> calls.callsPerRun() == 1);
        assertThat(third.callsPerRun())
                .as("they take longer than the ones before")
                .isLessThanOrEqualTo(2.5);
    }

    @Test
    void shouldNotReadALargeCollectionToItsEndForFewReports() {
        var reports = fewInALargeCollection();

        var first = round("40 of 1,000, first runs of 1.5 s", reports, SHORT, SHORT);
        var second = round("40 of 1,000, second runs of 1.5 s", reports, SHORT, SHORT);
        var third = round("40 of 1,000, third runs of 1.5 s", reports, SHORT, SHORT);

        assertThat(List.of(first, second, third)).allMatch(calls -> calls.callsPerRun() <= 1.1);
    }

    @Test
    void shouldSeeRunsThatFailAmongThoseThatEndWell() {
        var reports = collections(4, 25);
        round("4 Collections, first runs of 45 s", reports, LONG, LONG);
        reports.stream()
                .filter(report -> report.endsWith("7"))
                .forEach(report -> polling.endsAs(report, Run.Status.FAILED));

        var calls = round("4 Collections, 8 of 100 runs fail", reports, LONG, LONG);

        assertThat(calls.callsPerRun()).isLessThanOrEqualTo(0.4);
        assertThat(calls.longestWait()).as("twice the age of the run").isLessThanOrEqualTo(LONG.multipliedBy(2));
    }
}
