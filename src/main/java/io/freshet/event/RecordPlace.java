package io.freshet.event;

import java.time.Instant;

/** Where an input record lies. The timestamp tells a topic that was deleted and made again from the one before. */
public record RecordPlace(String topic, int partition, long offset, Instant timestamp) {

    @Override
    public String toString() {
        return topic + "/" + partition + "/" + offset;
    }
}
