package io.freshet;

import io.freshet.event.InboundRecord;
import io.freshet.event.Traces;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What a change came with: its record, who traces it, and the message by which it is acknowledged. */
record PendingRecord(InboundRecord arrival, Traces traces, Message<byte[]> message) {

    PendingRecord in(Traces those) {
        return new PendingRecord(arrival, those, message);
    }
}
