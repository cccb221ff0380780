package io.freshet.lineage;

import io.freshet.event.LineageProducer;

/** Who has written an event of OpenLineage. */
final class Producer {

    private Producer() {}

    /** Freshet's own events are passed over, so that no run leads to itself. */
    static boolean isOwn(String producer) {
        return producer.equals(LineageProducer.URI);
    }
}
