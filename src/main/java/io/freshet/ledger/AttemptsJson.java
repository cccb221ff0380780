package io.freshet.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.event.StoredObject;
import io.freshet.state.Attempts;
import java.io.IOException;

/** The stored form of how often a request was posted in vain. */
final class AttemptsJson {

    private AttemptsJson() {}

    static void write(Attempts attempts, ObjectNode json) {
        json.put("count", attempts.count());
        if (attempts.since() != null) {
            json.put("since", attempts.since().toString());
        }
    }

    static Attempts read(StoredObject json) throws IOException {
        return new Attempts(
                json.smallNumber("count"), json.optionalTime("since").orElse(null));
    }
}
