package io.freshet.api.produce;

import io.freshet.event.Change;
import io.freshet.event.InboundRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One good change that was sent over HTTP.
 *
 * @param record as it would come in from its topic; it lies nowhere yet
 */
record PostedChange(Change change, InboundRecord record) {

    /** Byte for byte what was judged. */
    ProducerRecord<byte[], byte[]> written() {
        return new ProducerRecord<>(
                record.topic(),
                null,
                null,
                change.account().getBytes(StandardCharsets.UTF_8),
                record.value(),
                record.headers());
    }
}
