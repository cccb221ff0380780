package io.freshet;

import io.freshet.event.Arrival;
import io.freshet.event.Traces;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What a change came with: its record, who traces it, and the message by which it is acknowledged. */
record Origin(Arrival arrival, Traces traces, Message<byte[]> message) {

    Origin in(Traces those) {
        return new Origin(arrival, those, message);
    }
}
