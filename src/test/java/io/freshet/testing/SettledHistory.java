package io.freshet.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.sandbox.SandboxRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A history of changes and their batches that can be doctored. Times are seconds since its beginning. */
final class SettledHistory {

    static final String REPORT = "4e9047000001";
    static final String OTHER = "4e9047000002";
    static final String ARCHIVED = "4e9047000003";
    static final String DATASET = "da7a5e700001";

    private static final Instant START = Instant.parse("2026-01-31T06:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<Sent> sent = new ArrayList<>();
    final List<Event> planned = new ArrayList<>();
    final List<Event> settled = new ArrayList<>();
    final List<Event> accepted = new ArrayList<>();
    final List<Event> finished = new ArrayList<>();
    final List<Event> rejected = new ArrayList<>();
    final List<SandboxRun> runs = new ArrayList<>();
    final List<SandboxRun> datasetRuns = new ArrayList<>();
    final Map<String, Map<String, String>> shown = new HashMap<>();

    List<Broken> found() {
        return Promises.of(
                Promises.TO_CHANGES,
                new History(
                        List.of(),
                        sent,
                        new Events(planned, settled, accepted, finished, rejected, Optional.empty()),
                        new Memory(List.of(), List.of(), List.of()),
                        new InMode(List.of(), runs, datasetRuns, shown)));
    }

    static Instant at(double second) {
        return START.plusMillis(Math.round(1000 * second));
    }

    private static Event event(String id, ObjectNode data, double second) {
        return new Event("acme", id, "io.freshet.test.v1", data, at(second));
    }

    void sent(String change, double second) {
        sent.add(new Sent("/etl " + change, at(second), false));
    }

    void sentInVain(String change, double second) {
        sent.add(new Sent("/etl " + change, at(second), true));
    }

    private static ObjectNode change(String id) {
        return JSON.createObjectNode().put("source", "/etl").put("id", id);
    }

    private static ObjectNode withChanges(List<String> changes) {
        var data = JSON.createObjectNode().put("changes_count", changes.size());
        changes.forEach(change -> data.withArray("changes").add(change(change)));
        return data;
    }

    private static ArrayNode entries(ObjectNode data, String field, List<String> tokens) {
        var entries = data.putArray(field);
        tokens.forEach(token -> entries.addObject().put("token", token));
        return entries;
    }

    /** @param part 0 where the plan is told whole */
    ObjectNode planned(String batch, int part, List<String> changes, List<String> reports, double second) {
        var data = withChanges(changes).put("batch", batch);
        entries(data, "datasets", List.of(DATASET));
        entries(data, "reports", reports);
        if (part > 0) {
            data.put("part", part);
        }
        planned.add(event(part == 0 ? batch : batch + "/" + part, data, second));
        return data;
    }

    private ObjectNode ofReport(String report, List<String> batches, List<String> changes) {
        var data = withChanges(changes).put("report_token", report);
        data.putArray("dataset_tokens").add(DATASET);
        batches.forEach(batch -> data.withArray("batches").add(batch));
        return data;
    }

    /** A run of three seconds, which is told of one second later. */
    ObjectNode ran(String run, String report, String outcome, List<String> batches, List<String> changes, double end) {
        var mode = new SandboxRun(run, report, Set.of(), outcome, at(end - 3), Optional.of(at(end)), "freshet_api");
        runs.add(mode);
        accepted.add(event(run, ofReport(report, batches, changes).put("run_token", run), end - 2));
        var data = ofReport(report, batches, changes)
                .put("run_token", run)
                .put("outcome", outcome)
                .put("finished_at", at(end).toString());
        finished.add(event(run, data, end + 1));
        return data;
    }

    /** The dataset is run by itself, for three seconds. */
    void datasetFirst(String run, String outcome, List<String> batches, List<String> changes, double end) {
        ran(run, DATASET, outcome, batches, changes, end);
        List.of(accepted, finished).forEach(events -> {
            var data = (ObjectNode) events.get(events.size() - 1).data();
            data.remove("report_token");
            data.put("kind", "dataset").put("dataset_token", DATASET);
        });
    }

    void rejected(String report, List<String> batches, List<String> changes, double second) {
        var data = ofReport(report, batches, changes)
                .put("reason", "forbidden")
                .put("rejected_at", at(second).toString());
        rejected.add(event("rejection", data, second));
    }

    /** Whose data had changed at that second. */
    ObjectNode settled(String change, double changedAt, String batch, String outcome, double second) {
        var data = JSON.createObjectNode()
                .put("batch", batch)
                .put("outcome", outcome)
                .put("data", "unknown")
                .put("settled_at", at(second).toString());
        data.set("change", change(change).put("changed_at", at(changedAt).toString()));
        data.putObject("runs");
        data.putArray("not_succeeded");
        settled.add(event(batch + "/" + change, data, second));
        return data;
    }

    static void count(ObjectNode settled, String outcome, int count) {
        ((ObjectNode) settled.path("runs")).put(outcome, count);
    }

    static ObjectNode notSucceeded(ObjectNode settled, String report, String outcome) {
        return ((ArrayNode) settled.path("not_succeeded"))
                .addObject()
                .put("token", report)
                .put("kind", "report")
                .put("outcome", outcome);
    }

    /** What this run of a report shows comes from that run of its dataset. */
    void shows(String run, String datasetRun) {
        shown.put(run, Map.of(DATASET, datasetRun));
    }

    void datasetRan(String run, String state, double begin, double end) {
        datasetRuns.add(new SandboxRun(run, DATASET, Set.of(), state, at(begin), Optional.of(at(end)), "somebody"));
    }
}
