package io.freshet.replica;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;
import org.jboss.logging.Logger;

/** How the state topic is cleaned up: anything but compaction alone makes Freshet forget. */
final class StateTopicPolicy {

    private static final Logger LOG = Logger.getLogger(StateTopicPolicy.class);

    private StateTopicPolicy() {}

    /**
     * @param policy as the broker says; not every broker does
     * @throws ConfigurationException if records of it expire
     */
    static void check(String topic, Optional<String> policy) {
        if (policy.isEmpty()) {
            LOG.warnf(
                    "topic=%s: the broker doesn't tell its cleanup.policy. See that it is compact, or Freshet forgets what it knows when records expire",
                    topic);
        }
        policy.filter(one -> !one.equals(TopicConfig.CLEANUP_POLICY_COMPACT)).ifPresent(one -> {
            throw new ConfigurationException(
                    "topic %s has cleanup.policy=%s, and must have compact and nothing else: Freshet would forget what it knows when records expire"
                            .formatted(topic, one));
        });
    }
}
