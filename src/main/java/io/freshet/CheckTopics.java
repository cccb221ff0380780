package io.freshet;

import io.freshet.event.Topics;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Looks at the topics before anything is read, creates those that are missing where asked to, and refuses wrong ones. */
@ApplicationScoped
class CheckTopics {

    private static final Logger LOG = Logger.getLogger(CheckTopics.class);
    /** A broker's own default for the largest record, in bytes. */
    private static final int LARGEST_BY_DEFAULT = 1 << 20;

    /**
     * What is there to begin with.
     *
     * @param isNewGroup the consumer group has never had a member, or has long been without any and anything committed
     */
    record Found(int changePartitions, int refreshPartitions, boolean isNewGroup) {}

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final String group;

    CheckTopics(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Topics topics,
            @ConfigProperty(name = "mp.messaging.incoming.refresh-requested.group.id") String group) {
        this.kafka = kafka;
        this.topics = topics;
        this.group = group;
    }

    /** @throws ConfigurationException where no broker answers, or a topic is missing or wrong */
    Found check() {
        try (var admin = new TopicAdmin(kafka)) {
            var partitions = partitions(admin);
            checkTwins(partitions);
            checkMemory(admin);
            return new Found(
                    of(partitions, topics.upstreamDataChanged()),
                    of(partitions, topics.refreshRequested()),
                    admin.isUnknown(group));
        }
    }

    /** How many partitions each topic has, once those that were missing are created. */
    private Map<String, Integer> partitions(TopicAdmin admin) {
        var found = admin.partitions(topics.all());
        var missing = new MissingTopics(topics, found);
        if (missing.names().isEmpty()) {
            return found;
        }
        if (!topics.create()) {
            throw new ConfigurationException("missing topics %s at %s: create them, or set freshet.topics.create=true"
                    .formatted(missing.names(), admin.servers()));
        }
        admin.create(missing.toCreate(largestInput(admin, found)));
        return admin.partitionsOfAll(topics.all());
    }

    private int largestInput(TopicAdmin admin, Map<String, Integer> found) {
        var inputs = Stream.of(topics.upstreamDataChanged(), topics.refreshRequested())
                .filter(found::containsKey)
                .toList();
        return admin.config(inputs, TopicConfig.MAX_MESSAGE_BYTES_CONFIG).values().stream()
                .mapToInt(Integer::parseInt)
                .reduce(LARGEST_BY_DEFAULT, Math::max);
    }

    private void checkTwins(Map<String, Integer> partitions) {
        var refreshes = of(partitions, topics.refreshRequested());
        var states = of(partitions, topics.reportRefreshes());
        if (refreshes != states) {
            throw new ConfigurationException(
                    "%s has %d partitions and %s has %d: they must have the same number; create %s anew with %d, while it is empty"
                            .formatted(
                                    topics.refreshRequested(),
                                    refreshes,
                                    topics.reportRefreshes(),
                                    states,
                                    topics.reportRefreshes(),
                                    refreshes));
        }
    }

    /** Only warned of, since it does harm late and is put right without a restart. */
    private void checkMemory(TopicAdmin admin) {
        admin.config(List.of(topics.reportRefreshes()), TopicConfig.CLEANUP_POLICY_CONFIG)
                .forEach((topic, policy) -> {
                    if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                        LOG.warnf(
                                "topic=%s has cleanup.policy=%s: set it to compact, or Freshet forgets its reports when their records expire",
                                topic, policy);
                    }
                });
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
