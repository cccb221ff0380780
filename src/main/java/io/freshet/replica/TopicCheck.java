package io.freshet.replica;

import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import io.freshet.ledger.StateLayout;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.TopicConfig;

/** Looks at the topics before anything is read, creates those that are missing if asked to, and refuses wrong ones. */
@ApplicationScoped
class TopicCheck {

    /** A broker's own default for the largest record, in bytes. */
    private static final int LARGEST_BY_DEFAULT = 1 << 20;

    private final Map<String, Object> kafka;
    private final Supplier<Admin> admin;
    private final Topics topics;
    private final TopicRules rules;

    TopicCheck(@Identifier("default-kafka-broker") Map<String, Object> kafka, Supplier<Admin> admin, Topics topics) {
        this.kafka = kafka;
        this.admin = admin;
        this.topics = topics;
        this.rules = new TopicRules(topics);
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
        rules.names();
        var cluster = new TopicAdmin(kafka, admin);
        var count = rules.twins(partitions(cluster));
        rules.memory(cluster);
        rules.layout(count, () -> OptionalInt.of(new StateLayout(kafka, topics).partitions(count)));
        return new WorkspacePartitions(count);
    }

    /** How many partitions each topic has, once those that were missing are created. */
    private Map<String, Integer> partitions(TopicAdmin cluster) {
        var found = cluster.partitions(topics.all());
        var missing = new MissingTopics(topics, found);
        if (missing.names().isEmpty()) {
            return found;
        }
        if (!topics.create()) {
            throw rules.missing(missing, cluster);
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
}
