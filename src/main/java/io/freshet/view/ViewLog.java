package io.freshet.view;

import io.freshet.event.UngroupedConsumer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The topics of the view, read without a group: the state from its beginning, the others from as far back as is shown. */
final class ViewLog implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(2);
    /** How long an answer of the brokers may take before they count as away. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Topic> topics;
    private final Clock clock;
    private final Map<TopicPartition, Long> positions;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param mostRecords how far back, in records of a partition; none for all that there is */
    record Topic(Optional<Long> mostRecords) {}

    /** @param positions where each partition is read on; kept, for whoever comes after this one */
    ViewLog(Map<String, Object> kafka, Map<String, Topic> topics, Clock clock, Map<TopicPartition, Long> positions) {
        this.topics = topics;
        this.clock = clock;
        this.positions = positions;
        this.consumer = UngroupedConsumer.open(kafka, "freshet-view", settings());
    }

    private static Map<String, Object> settings() {
        return Map.of(
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis(),
                // It is nobody's hurry: an idle broker is asked twice in this time, and held no memory for.
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                (int) POLL.toMillis(),
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                8 << 20,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                1_000,
                // How long a new partition goes unseen.
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                (int) Duration.ofSeconds(30).toMillis());
    }

    /** Takes up partitions that there weren't before. */
    void takeUpPartitions() {
        var found = new ArrayList<TopicPartition>();
        topics.keySet().forEach(topic -> consumer.partitionsFor(topic)
                .forEach(partition -> found.add(new TopicPartition(topic, partition.partition()))));
        if (consumer.assignment().containsAll(found)) {
            return;
        }
        var all = new HashSet<>(consumer.assignment());
        var fresh = found.stream().filter(all::add).toList();
        consumer.assign(all); // first: the client warns where it is asked for the end of a partition that isn't its own
        var unknown = found.stream().filter(one -> !positions.containsKey(one)).toList();
        if (!unknown.isEmpty()) {
            positions.putAll(beginnings(unknown));
        }
        fresh.forEach(one -> consumer.seek(one, positions.getOrDefault(one, 0L)));
    }

    private Map<TopicPartition, Long> beginnings(List<TopicPartition> partitions) {
        var first = consumer.beginningOffsets(partitions);
        var ends = consumer.endOffsets(partitions);
        var since = clock.instant().minus(RunHistory.OLDEST).toEpochMilli();
        var times = new HashMap<TopicPartition, Long>();
        partitions.forEach(one -> times.put(one, since));
        var recent = consumer.offsetsForTimes(times);
        var beginnings = new HashMap<TopicPartition, Long>();
        for (var one : partitions) {
            var beginning = first.getOrDefault(one, 0L);
            var end = ends.getOrDefault(one, beginning);
            var oldest = recent.get(one);
            beginnings.put(
                    one,
                    topic(one)
                            .mostRecords()
                            .map(most ->
                                    Math.max(beginning, Math.max(end - most, oldest == null ? end : oldest.offset())))
                            .orElse(beginning));
        }
        return beginnings;
    }

    private Topic topic(TopicPartition partition) {
        return topics.getOrDefault(partition.topic(), new Topic(Optional.empty()));
    }

    ConsumerRecords<byte[], byte[]> poll() {
        return consumer.poll(POLL);
    }

    /** What was polled has been taken: it isn't read again. */
    void taken(Collection<TopicPartition> partitions) {
        partitions.forEach(one -> positions.put(one, consumer.position(one)));
    }

    /** The ends of all partitions as they are now. Fails if no broker says. */
    Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(consumer.assignment());
    }

    /** How many records there are at most before these ends. */
    long left(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                .sum();
    }

    /** Ends a call that is under way; for another thread. */
    void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
