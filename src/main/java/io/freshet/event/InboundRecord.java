package io.freshet.event;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** One input record as it came, byte for byte. */
@SuppressWarnings("ArrayRecordComponent") // handed on untouched, never compared
public record InboundRecord(
        String topic,
        int partition,
        long offset,
        Instant timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Headers headers) {

    public static InboundRecord of(ConsumerRecord<byte[], byte[]> record) {
        return new InboundRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.value(),
                record.headers());
    }

    public RecordPlace place() {
        return new RecordPlace(topic, partition, offset, timestamp);
    }

    /** About how many bytes it holds. */
    public int bytes() {
        var bytes = (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        for (var header : headers) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }
}
