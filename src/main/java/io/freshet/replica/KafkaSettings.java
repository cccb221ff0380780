package io.freshet.replica;

import io.freshet.event.Codecs;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Map;

/** Settings of Kafka's clients that don't go with what Freshet does: said in one line that names them. */
public final class KafkaSettings {

    private KafkaSettings() {}

    /**
     * @param kafka without the prefix "kafka."
     * @throws ConfigurationException if one of them makes no sense
     */
    public static void check(Map<String, Object> kafka, String compression) {
        refuse(
                !text(kafka, "group.instance.id").isEmpty(),
                "kafka.group.instance.id is set, and must not be: the consumers of a replica would have one name and throw each other out, and the workspaces of a replica that was stopped would wait for its session to end. Take it away");
        var protocol = text(kafka, "group.protocol");
        refuse(
                !protocol.isEmpty() && !protocol.equalsIgnoreCase("classic"),
                "kafka.group.protocol is %s, and must be classic: that a replica still owns its workspaces is known by the session timeout and the heartbeats of that protocol. Take it away"
                        .formatted(protocol));
        Codecs.fault(compression)
                .ifPresent(why -> refuse(
                        true, "freshet.topics.compression is %s, which can't be used: %s".formatted(compression, why)));
    }

    private static String text(Map<String, Object> kafka, String setting) {
        return String.valueOf(kafka.getOrDefault(setting, "")).trim();
    }

    private static void refuse(boolean isWrong, String why) {
        if (isWrong) {
            throw new ConfigurationException(why);
        }
    }
}
