package io.freshet.replica;

import io.freshet.event.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What the topics are made like that aren't there.
 *
 * @param found how many partitions those have that are there
 */
record MissingTopics(Topics topics, Map<String, Integer> found) {

    /** What a dead letter is larger than the record that it keeps, at most. */
    private static final int DEAD_LETTER_HEADERS = 64 << 10;

    List<String> names() {
        return topics.all().stream().filter(topic -> !found.containsKey(topic)).toList();
    }

    /** @param largestInput how many bytes a record that comes in has at most */
    List<NewTopic> toCreate(int largestInput) {
        return names().stream()
                .map(name -> new NewTopic(name, partitions(name), topics.replicationFactor())
                        .configs(config(name, largestInput)))
                .toList();
    }

    /** A workspace is in partitions of the same number. */
    private int partitions(String name) {
        var twins = List.of(topics.inbox(), topics.state());
        return twins.contains(name)
                ? twins.stream()
                        .filter(found::containsKey)
                        .map(found::get)
                        .findFirst()
                        .orElse(topics.ownPartitions())
                : topics.partitions();
    }

    private Map<String, String> config(String name, int largestInput) {
        var config = new HashMap<String, String>();
        if (name.equals(topics.state())) {
            config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
            // Compacts soon enough that a restore reads little more than one record per report.
            config.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2");
            config.put(
                    TopicConfig.SEGMENT_MS_CONFIG,
                    Long.toString(Duration.ofHours(1).toMillis()));
        } else {
            config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        }
        if (name.equals(topics.upstreamDataChangedDlq())) {
            config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(largestInput + DEAD_LETTER_HEADERS));
        }
        return config;
    }
}
