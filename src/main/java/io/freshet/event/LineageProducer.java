package io.freshet.event;

/** How Freshet names itself in OpenLineage's events. Who reads such events passes over those that bear this name. */
public final class LineageProducer {

    public static final String URI = "urn:io.freshet";

    private LineageProducer() {}
}
