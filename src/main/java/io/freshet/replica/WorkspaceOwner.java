package io.freshet.replica;

import java.util.Optional;

/** The replica that owns a workspace, by the name of its client in the group of the owners. */
public record WorkspaceOwner(String clientId) {

    /** Begins as the connector names the client of a channel, so that it is found among the metrics as the others are. */
    private static final String BEGIN = "kafka-consumer-inbox@";

    static String clientId(String replica) {
        return BEGIN + replica;
    }

    /** Its address, or else its host; whatever Kafka says if it was given another name. */
    public String name() {
        return clientId.startsWith(BEGIN) ? clientId.substring(BEGIN.length()) : clientId;
    }

    /** Empty if it has told none. */
    public Optional<ReplicaAddress> address() {
        return ReplicaAddress.parse(name());
    }
}
