package io.freshet.replica;

import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import io.freshet.ledger.StateLayout;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;

/** Looks at the topics before anything is read, creates those that are missing if asked to, and refuses wrong ones. */
@ApplicationScoped
class TopicCheck {

    /** A broker's own default for the largest record, in bytes. */
    private static final int LARGEST_BY_DEFAULT = 1 << 20;

    private final Map<String, Object> kafka;
    private final Supplier<Admin> admin;
    private final Topics topics;

    TopicCheck(@Identifier("default-kafka-broker") Map<String, Object> kafka, Supplier<Admin> admin, Topics topics) {
        this.kafka = kafka;
        this.admin = admin;
        this.topics = topics;
    }

    /**
     * Where each workspace lies in Freshet's own topics, once all topics were looked at.
     *
     * @throws ConfigurationException if no broker answers, or a topic is missing or wrong
     */
    @Produces
    @Singleton
    WorkspacePartitions partitions() {
        KafkaSettings.check(kafka, topics.compression());
        checkLineage();
        var cluster = new TopicAdmin(kafka, admin);
        var count = checkTwins(partitions(cluster));
        checkMemory(cluster);
        checkLayout(count);
        return new WorkspacePartitions(count);
    }

    private void checkLineage() {
        topics.lineage().filter(topics.always()::contains).ifPresent(taken -> {
            throw new ConfigurationException(
                    "freshet.topics.lineage is %s, which is one of Freshet's other topics: name one for OpenLineage's events alone"
                            .formatted(taken));
        });
    }

    private void checkLayout(int present) {
        try {
            var saved = new StateLayout(kafka, topics).partitions(present);
            if (saved != present) {
                throw new ConfigurationException(
                        "%s and %s have %d partitions, and had %d at the first start: workspaces would be looked for in the wrong place. Give them %d again, or move what they hold as docs/operations.md says"
                                .formatted(topics.inbox(), topics.state(), present, saved, saved));
            }
        } catch (KafkaException e) {
            throw new ConfigurationException("topic " + topics.state() + " can't be read: " + e.getMessage());
        }
    }

    /** How many partitions each topic has, once those that were missing are created. */
    private Map<String, Integer> partitions(TopicAdmin cluster) {
        var found = cluster.partitions(topics.all());
        var missing = new MissingTopics(topics, found);
        if (missing.names().isEmpty()) {
            return found;
        }
        if (!topics.create()) {
            throw new ConfigurationException("missing topics %s at %s: create them, or set freshet.topics.create=true"
                    .formatted(missing.names(), cluster.servers()));
        }
        cluster.create(missing.toCreate(largestInput(cluster, found)));
        return cluster.partitionsOfAll(topics.all());
    }

    private int largestInput(TopicAdmin cluster, Map<String, Integer> found) {
        var inputs = topics.inputs().stream().filter(found::containsKey).toList();
        return cluster.config(inputs, TopicConfig.MAX_MESSAGE_BYTES_CONFIG).values().stream()
                .mapToInt(Integer::parseInt)
                .reduce(LARGEST_BY_DEFAULT, Math::max);
    }

    private int checkTwins(Map<String, Integer> partitions) {
        var inbox = of(partitions, topics.inbox());
        var state = of(partitions, topics.state());
        if (inbox != state) {
            throw new ConfigurationException(
                    "%s has %d partitions and %s has %d: they must have the same number; create %s anew with %d, while it is empty"
                            .formatted(topics.inbox(), inbox, topics.state(), state, topics.state(), inbox));
        }
        return inbox;
    }

    private void checkMemory(TopicAdmin cluster) {
        var policies = cluster.config(List.of(topics.state()), TopicConfig.CLEANUP_POLICY_CONFIG);
        StateTopicPolicy.check(topics.state(), Optional.ofNullable(policies.get(topics.state())));
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
