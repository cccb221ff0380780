package io.freshet;

import io.freshet.event.Arrival;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What a change came with: its record, and the message by which it is acknowledged. */
record Origin(Arrival arrival, Message<byte[]> message) {}
