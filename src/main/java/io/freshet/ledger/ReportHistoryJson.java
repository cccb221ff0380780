package io.freshet.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.event.Outcome;
import io.freshet.event.StoredObject;
import io.freshet.ledger.RefreshRequestJson.Causes;
import io.freshet.state.Awaiting;
import io.freshet.state.ReportHistory;
import io.freshet.state.ReportOutcome;
import java.io.IOException;
import java.util.TreeMap;
import java.util.TreeSet;

/** The stored form of what a report keeps from run to run. */
final class ReportHistoryJson {

    private ReportHistoryJson() {}

    static void write(ReportHistory history, ObjectNode json) {
        if (!history.outcomes().isEmpty()) {
            var outcomes = json.putArray("outcomes");
            history.outcomes()
                    .forEach((batch, end) -> write(end, outcomes.addObject().put("batch", batch)));
        }
        if (history.lastOutcome() != null) {
            json.put("last_outcome", history.lastOutcome().word());
        }
        if (history.lastRun() != null) {
            json.put("last_run", history.lastRun());
        }
        if (history.executedBy() != null) {
            json.put("executed_by", history.executedBy());
        }
        if (history.runtime() != null) {
            json.put("runtime", history.runtime().toString());
        }
        if (history.knownAs() != null) {
            json.put("name", history.knownAs());
        }
        if (!history.awaiting().isEmpty()) {
            var awaiting = json.putArray("awaiting");
            history.awaiting().values().forEach(part -> write(part, awaiting.addObject()));
        }
        if (history.refusedAt() != null) {
            json.put("refused_at", history.refusedAt().toString());
        }
    }

    private static void write(Awaiting part, ObjectNode json) {
        RefreshRequestJson.write(part.request(), json.putObject("request"));
        part.datasets().forEach(json.putArray("datasets")::add);
    }

    private static void write(ReportOutcome end, ObjectNode json) {
        json.put("outcome", end.outcome().word()).put("at", end.at().toString());
        if (end.runToken() != null) {
            json.put("run_token", end.runToken());
        }
        if (end.reason() != null) {
            json.put("reason", end.reason());
        }
    }

    static ReportHistory read(StoredObject json, Causes causes) throws IOException {
        var outcomes = new TreeMap<Long, ReportOutcome>();
        for (var end : json.objects("outcomes")) {
            outcomes.put(end.number("batch"), readOutcome(end));
        }
        var awaiting = new TreeMap<Long, Awaiting>();
        for (var part : json.objects("awaiting")) {
            var read = readAwaiting(part, causes);
            awaiting.put(read.batch(), read);
        }
        var last = json.optionalText("last_outcome");
        return new ReportHistory(
                outcomes,
                last.isPresent() ? outcome(last.get()) : null,
                json.optionalText("last_run").orElse(null),
                json.optionalText("executed_by").orElse(null),
                json.optionalDuration("runtime").orElse(null),
                awaiting,
                json.optionalTime("refused_at").orElse(null),
                json.optionalText("name").orElse(null));
    }

    private static Awaiting readAwaiting(StoredObject json, Causes causes) throws IOException {
        return new Awaiting(
                RefreshRequestJson.read(json.object("request"), causes), new TreeSet<>(json.texts("datasets")));
    }

    private static ReportOutcome readOutcome(StoredObject json) throws IOException {
        return new ReportOutcome(
                outcome(json.text("outcome")),
                json.time("at"),
                json.optionalText("run_token").orElse(null),
                json.optionalText("reason").orElse(null));
    }

    private static Outcome outcome(String word) throws IOException {
        return Outcome.of(word).orElseThrow(() -> new IOException("it has an outcome that this version doesn't know"));
    }
}
