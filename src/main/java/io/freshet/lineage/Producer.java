package io.freshet.lineage;

/** Who has written an event of OpenLineage. */
public final class Producer {

    /** Freshet's own events name this one; on the way in they are passed over, so that no run leads to itself. */
    public static final String OWN_PRODUCER = "urn:freshet:lineage";

    private Producer() {}

    static boolean isOwn(String producer) {
        return producer.equals(OWN_PRODUCER);
    }
}
