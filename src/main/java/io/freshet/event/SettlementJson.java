package io.freshet.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What became of a batch, as it is told in events and kept in Freshet's state. */
public final class SettlementJson {

    private SettlementJson() {}

    public static void write(Settlement settlement, ObjectNode json) {
        json.put("outcome", settlement.outcome().word());
        var runs = settlement.runs();
        json.putObject("runs")
                .put("succeeded", runs.succeeded())
                .put("failed", runs.failed())
                .put("cancelled", runs.cancelled())
                .put("timed_out", runs.timedOut())
                .put("rejected", runs.rejected())
                .put("left_out", runs.leftOut());
        write(settlement.notSucceeded(), json.putArray("not_succeeded"));
        json.put("settled_at", settlement.settledAt().toString());
    }

    public static void write(List<NotSucceeded> parts, ArrayNode json) {
        for (var part : parts) {
            var one = json.addObject()
                    .put("token", part.token())
                    .put("kind", part.kind())
                    .put("outcome", part.outcome())
                    .put("reason", part.reason());
            if (part.runToken() != null) {
                one.put("run_token", part.runToken());
            }
        }
    }
}
