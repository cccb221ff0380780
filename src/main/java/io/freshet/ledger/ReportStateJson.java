package io.freshet.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.event.Kind;
import io.freshet.event.StoredForm;
import io.freshet.event.StoredObject;
import io.freshet.ledger.RefreshRequestJson.Causes;
import io.freshet.state.Posting;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportState;
import io.freshet.state.Running;
import io.freshet.state.Settled;
import io.freshet.state.Waiting;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The stored form of where a report stands; {@code state} says which of the four it is. */
final class ReportStateJson {

    /** A version that runs no datasets first would lose what waits for them. */
    private static final int RUNS_DATASETS = 2;

    private ReportStateJson() {}

    static byte[] write(Kind kind, ReportState state) {
        var isPlain = kind == Kind.REPORT && state.memory().awaiting().isEmpty();
        var json = isPlain ? StoredForm.begin() : StoredForm.begin(RUNS_DATASETS);
        state.<Object>fold(
                settled -> write(settled, json),
                waiting -> write(waiting, json),
                posting -> write(posting, json),
                running -> write(running, json));
        ReportHistoryJson.write(state.memory(), json.putObject("history"));
        return StoredForm.bytes(json);
    }

    /** Fails on bytes that are no state. */
    static ReportState read(byte[] bytes, Causes causes) throws IOException {
        var json = StoredForm.read(bytes);
        return switch (json.text("state")) {
            case "settled" -> readSettled(json, causes);
            case "waiting" -> readWaiting(json, causes);
            case "posting" -> readPosting(json, causes);
            case "running" -> readRunning(json, causes);
            default -> throw new IOException("it is in a state that this version doesn't know");
        };
    }

    private static ObjectNode write(Settled settled, ObjectNode json) {
        return json.put("state", "settled").put("since", settled.since().toString());
    }

    private static Settled readSettled(StoredObject json, Causes causes) throws IOException {
        return new Settled(ReportHistoryJson.read(json.object("history"), causes), json.time("since"));
    }

    private static ObjectNode write(Waiting waiting, ObjectNode json) {
        json.put("state", "waiting");
        RefreshRequestJson.write(waiting.request(), json.putObject("request"));
        json.put("not_before", waiting.notBefore().toString());
        AttemptsJson.write(waiting.attempts(), json.putObject("attempts"));
        return json;
    }

    private static Waiting readWaiting(StoredObject json, Causes causes) throws IOException {
        return new Waiting(
                RefreshRequestJson.read(json.object("request"), causes),
                json.time("not_before"),
                AttemptsJson.read(json.object("attempts")),
                ReportHistoryJson.read(json.object("history"), causes));
    }

    private static ObjectNode write(Posting posting, ObjectNode json) {
        json.put("state", "posting");
        RefreshRequestJson.write(posting.request(), json.putObject("request"));
        posting.next().ifPresent(next -> RefreshRequestJson.write(next, json.putObject("next")));
        json.put("attempted_at", posting.attemptedAt().toString());
        json.put("not_created_before", posting.notCreatedBefore().toString());
        put(json, "grace_from", posting.graceFrom());
        json.put("look_at", posting.lookAt().toString());
        AttemptsJson.write(posting.attempts(), json.putObject("attempts"));
        return json;
    }

    private static Posting readPosting(StoredObject json, Causes causes) throws IOException {
        return new Posting(
                RefreshRequestJson.read(json.object("request"), causes),
                readNext(json, causes),
                json.time("attempted_at"),
                json.time("not_created_before"),
                json.optionalTime("grace_from"),
                json.time("look_at"),
                AttemptsJson.read(json.object("attempts")),
                ReportHistoryJson.read(json.object("history"), causes));
    }

    private static ObjectNode write(Running running, ObjectNode json) {
        json.put("state", "running");
        RefreshRequestJson.write(running.request(), json.putObject("request"));
        running.next().ifPresent(next -> RefreshRequestJson.write(next, json.putObject("next")));
        json.put("run_token", running.runToken());
        json.put("accepted_at", running.acceptedAt().toString());
        json.put("adopted", running.adopted());
        json.put("mode_state", running.modeState());
        json.put("ask_at", running.askAt().toString());
        json.put("poll_interval", running.pollInterval().toString());
        put(json, "missing_since", running.missingSince());
        put(json, "listed_since", running.listedSince());
        return json;
    }

    private static Running readRunning(StoredObject json, Causes causes) throws IOException {
        return new Running(
                RefreshRequestJson.read(json.object("request"), causes),
                readNext(json, causes),
                json.text("run_token"),
                json.time("accepted_at"),
                json.flag("adopted"),
                json.text("mode_state"),
                json.time("ask_at"),
                json.duration("poll_interval"),
                json.optionalTime("missing_since"),
                json.optionalTime("listed_since"),
                ReportHistoryJson.read(json.object("history"), causes));
    }

    private static Optional<RefreshRequest> readNext(StoredObject json, Causes causes) throws IOException {
        return json.has("next") ? Optional.of(RefreshRequestJson.read(json.object("next"), causes)) : Optional.empty();
    }

    private static void put(ObjectNode json, String name, Optional<Instant> time) {
        time.ifPresent(at -> json.put(name, at.toString()));
    }
}
