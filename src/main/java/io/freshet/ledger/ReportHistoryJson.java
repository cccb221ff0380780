package io.freshet.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.event.StoredObject;
import io.freshet.state.ReportHistory;
import java.io.IOException;

/** The stored form of what a report keeps from run to run. */
final class ReportHistoryJson {

    private ReportHistoryJson() {}

    static void write(ReportHistory history, ObjectNode json) {
        json.put("answered", history.covered().toBase64());
        if (history.lastRun() != null) {
            json.put("last_run", history.lastRun());
        }
        if (history.executedBy() != null) {
            json.put("executed_by", history.executedBy());
        }
        if (history.runtime() != null) {
            json.put("runtime", history.runtime().toString());
        }
    }

    static ReportHistory read(StoredObject json) throws IOException {
        return new ReportHistory(
                json.identities("answered"),
                json.optionalText("last_run").orElse(null),
                json.optionalText("executed_by").orElse(null),
                json.optionalDuration("runtime").orElse(null));
    }
}
