package io.freshet.replica;

import io.freshet.event.Topics;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;

/** What the topics must be like. Each rule is broken with one line that says what to do. */
record TopicRules(Topics topics) {

    /** What is written to a topic that is read as well would go round and round. */
    void names() {
        apart("openlineage", topics.openlineage());
        apart("lineage", topics.lineage());
        var settings = new HashMap<String, String>();
        for (var one : topics.bySetting()) {
            var other = settings.putIfAbsent(one.getValue(), one.getKey());
            if (other != null) {
                throw new ConfigurationException(
                        "freshet.topics.%s and freshet.topics.%s are both %s: give each a topic of its own"
                                .formatted(other, one.getKey(), one.getValue()));
            }
        }
    }

    private void apart(String setting, Optional<String> name) {
        name.filter(topics.always()::contains).ifPresent(taken -> {
            throw new ConfigurationException(
                    "freshet.topics.%s is %s, which is one of Freshet's other topics: name one for OpenLineage's events alone"
                            .formatted(setting, taken));
        });
    }

    ConfigurationException missing(MissingTopics missing, TopicAdmin cluster) {
        return new ConfigurationException("missing topics %s at %s: create them, or set freshet.topics.create=true"
                .formatted(missing.names(), cluster.servers()));
    }

    int twins(Map<String, Integer> partitions) {
        var inbox = of(partitions, topics.inbox());
        var state = of(partitions, topics.state());
        if (inbox != state) {
            throw new ConfigurationException(
                    "%s has %d partitions and %s has %d: they must have the same number; create %s anew with %d, while it is empty"
                            .formatted(topics.inbox(), inbox, topics.state(), state, topics.state(), inbox));
        }
        return inbox;
    }

    void memory(TopicAdmin cluster) {
        var policies = cluster.config(List.of(topics.state()), TopicConfig.CLEANUP_POLICY_CONFIG);
        StateTopicPolicy.check(topics.state(), Optional.ofNullable(policies.get(topics.state())));
    }

    /** @param saved asks Kafka for the number of the first start, if there was one */
    void layout(int present, Supplier<OptionalInt> saved) {
        try {
            saved.get().ifPresent(atFirst -> layout(present, atFirst));
        } catch (KafkaException e) {
            throw new ConfigurationException("topic " + topics.state() + " can't be read: " + e.getMessage());
        }
    }

    private void layout(int present, int atFirst) {
        if (atFirst != present) {
            throw new ConfigurationException(
                    "%s and %s have %d partitions, and had %d at the first start: workspaces would be looked for in the wrong place. Give them %d again, or move what they hold as docs/running.md says"
                            .formatted(topics.inbox(), topics.state(), present, atFirst, atFirst));
        }
    }

    private static int of(Map<String, Integer> partitions, String topic) {
        var count = partitions.get(topic);
        if (count == null) {
            throw new ConfigurationException(
                    "topic " + topic + " can't be seen though it was created: may this user describe it?");
        }
        return count;
    }
}
