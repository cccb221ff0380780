package io.freshet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.SandboxRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A judge that finds nothing wrong is worth something only where it finds what is. */
class HistoryTest {

    private static final Instant START = Instant.parse("2026-01-31T06:00:00Z");
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int REQUESTS = 40;
    private static final String REPORT = "4e9047000001";
    private static final String KEY = "acme/" + REPORT;

    private final ObjectMapper json = new ObjectMapper();
    private final List<History.Change> changes = new ArrayList<>();
    private final List<Event> planned = new ArrayList<>();
    private final List<Event> settled = new ArrayList<>();
    private final List<Event> accepted = new ArrayList<>();
    private final List<Event> finished = new ArrayList<>();
    private final List<Event> rejected = new ArrayList<>();
    private final List<Event> states = new ArrayList<>();
    private final List<String> openChanges = new ArrayList<>();
    private final List<String> openBatches = new ArrayList<>();
    private final List<CallLog.Call> calls = new ArrayList<>();
    private final List<SandboxRun> runs = new ArrayList<>();

    private History history() {
        return new History(
                changes,
                List.of(),
                new Events(planned, settled, accepted, finished, rejected, Optional.empty()),
                new Memory(states, openChanges, openBatches),
                new InMode(calls, runs, List.of(), Map.of()));
    }

    private List<Broken> found() {
        return Promises.of(Promises.TO_REPORTS, history());
    }

    private List<String> broken() {
        return found().stream().map(Broken::what).toList();
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private ObjectNode data(String change) {
        var data = json.createObjectNode().put("report_token", REPORT);
        data.putArray("dataset_tokens").add("da7a5e700001");
        data.putArray("changes").addObject().put("source", "/etl").put("id", change);
        return data;
    }

    private Event event(String id, ObjectNode data, int second) {
        return new Event(KEY, id, "io.freshet.test.v1", data, at(second));
    }

    private static String known(String change) {
        return "/etl " + change;
    }

    /** A change that becomes known at this second. */
    private void change(String change, int second) {
        changes.add(new History.Change(known(change), at(second), Map.of(REPORT, Set.of("da7a5e700001"))));
    }

    private void post(int second) {
        calls.add(new CallLog.Call(
                at(second),
                "POST",
                "/reports/" + REPORT + "/runs",
                Optional.of(REPORT),
                Set.of("da7a5e700001"),
                202,
                true));
    }

    /** A run that is posted at this second and takes three. */
    private void run(String run, String state, int second) {
        post(second);
        runs.add(new SandboxRun(run, REPORT, Set.of(), state, at(second), Optional.of(at(second + 3)), "freshet_api"));
    }

    private void accepted(String run, String change, int second) {
        accepted.add(event(run, data(change).put("run_token", run), second));
    }

    private void finished(String run, String change, String outcome, int second) {
        finished.add(event(run, data(change).put("run_token", run).put("outcome", outcome), second));
    }

    private void stands(String state) {
        states.clear();
        states.add(event("", json.createObjectNode().put("state", state), 60));
    }

    /** Two changes, one after the other, each with its run. */
    private void aGoodHistory() {
        for (var n = 0; n < 2; n++) {
            change("load-" + n, 10 * n);
            run("run-" + n, "succeeded", 10 * n + 2);
            accepted("run-" + n, "load-" + n, 10 * n + 3);
            finished("run-" + n, "load-" + n, "succeeded", 10 * n + 6);
        }
        stands("settled");
    }

    @Test
    void shouldFindNothingInAGoodHistory() {
        aGoodHistory();

        assertThat(broken()).isEmpty();
    }

    @Test
    void shouldTakeAChangeThatIsSentAgainForTheSame() {
        aGoodHistory();

        change("load-1", 20);

        assertThat(broken()).isEmpty();
    }

    @Test
    void shouldTakeARejectionForAnAnswer() {
        aGoodHistory();
        change("load-2", 20);
        rejected.add(event("rejection", data("load-2").put("reason", "forbidden"), 21));

        assertThat(broken()).isEmpty();
    }

    @Test
    void shouldFindALostChange() {
        aGoodHistory();
        change("load-2", 20);

        assertThat(broken())
                .containsExactly(
                        "covered: change /etl load-2 of report " + REPORT + " has neither a run nor a rejection");
    }

    @Test
    void shouldFindALostChangeBehindManyOthers() {
        aGoodHistory();
        change("load-2", 15);
        settled("load-2", "3");
        accepted.forEach(event -> ((ObjectNode) event.data())
                .put("changes_count", 21)
                .withArray("batches")
                .add("2"));
        finished.forEach(event -> ((ObjectNode) event.data()).put("changes_count", 21));

        assertThat(broken()).singleElement().asString().startsWith("covered: change /etl load-2 of report");
    }

    @Test
    void shouldTakeBeingLeftOutForAnAnswer() {
        aGoodHistory();
        change("load-2", 20);
        settled("load-2", "3");
        var plan = json.createObjectNode().put("batch", "3");
        plan.putArray("left_out").addObject().put("token", REPORT);
        planned.add(event("3", plan, 21));

        assertThat(broken()).isEmpty();
    }

    private void settled(String change, String batch) {
        var data = json.createObjectNode().put("batch", batch);
        data.putObject("change").put("source", "/etl").put("id", change);
        settled.add(event(batch + "/" + change, data, 22));
    }

    @Test
    void shouldFindAChangeThatIsStillOpen() {
        aGoodHistory();
        openChanges.add("acme/changes/0123456789abcdef");

        assertThat(broken()).containsExactly("at rest: change acme/changes/0123456789abcdef is open");
    }

    @Test
    void shouldFindABatchThatIsStillOpen() {
        aGoodHistory();
        openBatches.add("acme/batches/7");

        assertThat(broken()).containsExactly("at rest: batch acme/batches/7 is open");
    }

    @Test
    void shouldFindARunThatNamesTooFewDatasets() {
        aGoodHistory();
        changes.set(
                1, new History.Change(known("load-1"), at(10), Map.of(REPORT, Set.of("da7a5e700001", "da7a5e700002"))));

        assertThat(broken()).singleElement().asString().startsWith("covered: change /etl load-1");
    }

    @Test
    void shouldFindARunThatWasPostedBeforeItsChange() {
        aGoodHistory();
        changes.set(1, new History.Change(known("load-1"), at(13), Map.of(REPORT, Set.of("da7a5e700001"))));

        assertThat(broken())
                .containsExactly("covered: the run of report " + REPORT
                        + " for change /etl load-1 was posted before that was known");
    }

    @Test
    void shouldFindADoublePost() {
        aGoodHistory();
        run("run-again", "succeeded", 17);

        assertThat(broken())
                .containsExactlyInAnyOrder(
                        "once: Mode took 3 POSTs for report " + REPORT + ", and 2 are told of",
                        "told: run run-again has 0 run-accepted and 0 run-finished");
    }

    @Test
    void shouldFindADoublePostThatIsToldOf() {
        aGoodHistory();
        run("run-again", "succeeded", 17);
        accepted("run-again", "load-1", 18);
        finished("run-again", "load-1", "succeeded", 21);

        assertThat(broken())
                .containsExactly(
                        "once: runs run-1 and run-again of report " + REPORT + " are both for change /etl load-1");
    }

    @Test
    void shouldFindARunThatWasPostedWhileAnotherWasOpen() {
        aGoodHistory();
        change("load-2", 13);
        run("run-2", "succeeded", 14);
        accepted("run-2", "load-2", 15);
        finished("run-2", "load-2", "succeeded", 18);

        assertThat(broken())
                .containsExactly("once: run run-2 of report " + REPORT + " was posted while run run-1 was open");
    }

    @Test
    void shouldFindAMissingEvent() {
        aGoodHistory();
        finished.remove(1);

        assertThat(broken()).containsExactly("told: run run-1 has 1 run-accepted and 0 run-finished");
    }

    @Test
    void shouldFindADoubleEvent() {
        aGoodHistory();
        finished("run-1", "load-1", "succeeded", 17);

        assertThat(broken())
                .containsExactlyInAnyOrder(
                        "told: run run-1 has 1 run-accepted and 2 run-finished",
                        "told: run-finished has event run-1 2 times");
    }

    @Test
    void shouldFindARunThatModeKnowsNot() {
        aGoodHistory();
        runs.remove(1);

        assertThat(broken()).containsExactly("told: run run-1 was told and Mode knows none");
    }

    @Test
    void shouldFindTheWrongOrder() {
        aGoodHistory();
        finished.remove(1);
        finished("run-1", "load-1", "succeeded", 12);

        assertThat(broken()).containsExactly("told: run run-1 was finished before it was accepted");
    }

    @Test
    void shouldFindAWrongOutcome() {
        aGoodHistory();
        change("load-2", 20);
        run("run-2", "failed", 22);
        accepted("run-2", "load-2", 23);
        finished("run-2", "load-2", "succeeded", 26);

        assertThat(broken()).containsExactly("told: run run-2 was told as succeeded, and in Mode it is failed");
    }

    @Test
    void shouldFindWhatIsStillOpen() {
        aGoodHistory();
        stands("posting");

        assertThat(broken()).containsExactly("at rest: report " + KEY + " is posting");
    }

    @Test
    void shouldFindWhatWasForgotten() {
        aGoodHistory();
        states.clear();

        assertThat(broken()).containsExactly("at rest: report " + KEY + " was told of and is forgotten");
    }

    @Test
    void shouldWaitForWhatMayStillCome() {
        aGoodHistory();
        change("load-2", 20);
        run("run-2", "succeeded", 22);
        openChanges.add("acme/changes/0123456789abcdef");
        stands("running");

        assertThat(found()).hasSize(5).noneMatch(Broken::isForGood);
    }

    @Test
    void shouldNotWaitForWhatNothingHeals() {
        aGoodHistory();
        change("load-2", 13);
        run("run-2", "failed", 14);
        accepted("run-2", "load-2", 15);
        accepted("run-2", "load-1", 15);
        finished("run-2", "load-2", "succeeded", 18);

        assertThat(found())
                .extracting(Broken::what)
                .containsExactlyInAnyOrder(
                        "once: runs run-1 and run-2 of report " + REPORT + " are both for change /etl load-1",
                        "once: run run-2 of report " + REPORT + " was posted while run run-1 was open",
                        "told: run run-2 has 2 run-accepted and 1 run-finished",
                        "told: run-accepted has event run-2 2 times",
                        "told: run run-2 was told as succeeded, and in Mode it is failed");
        assertThat(found()).allMatch(Broken::isForGood);
    }

    @Test
    void shouldFindTooManyRequestsInAWindow() {
        aGoodHistory();
        IntStream.range(0, REQUESTS)
                .mapToObj(n -> new CallLog.Call(
                        at(100).plusMillis(n * 200L), "GET", "/reports", Optional.empty(), Set.of(), 200, false))
                .forEach(calls::add);
        assertThat(History.overBudget(calls, REQUESTS, PERIOD)).isEmpty();

        calls.add(new CallLog.Call(at(110).minusMillis(1), "GET", "/reports", Optional.empty(), Set.of(), 429, false));

        assertThat(History.overBudget(calls, REQUESTS, PERIOD))
                .containsExactly("within budget: 41 requests in a window of PT10S, where 40 are allowed, from "
                        + at(100) + " on");
    }
}
