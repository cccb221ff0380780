package io.freshet.api.admin;

import io.freshet.event.InboundRecord;
import io.freshet.event.StoredDeadLetter;
import io.freshet.event.UngroupedConsumer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads the dead-letter topic as far as it goes at present, without belonging to any group. */
final class DeadLetterTopic implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final String topic;
    private final long deadline;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    DeadLetterTopic(Map<String, Object> kafka, String topic, Duration patience) {
        this.topic = topic;
        this.deadline = System.nanoTime() + patience.toNanos();
        // The very end, and not that of what is committed: behind a transaction that is still open may be notes.
        this.ends = ends(kafka, topic, patience);
        this.consumer = consumer(kafka, IsolationLevel.READ_COMMITTED, patience);
    }

    private static Map<TopicPartition, Long> ends(Map<String, Object> kafka, String topic, Duration patience) {
        try (var reader = consumer(kafka, IsolationLevel.READ_UNCOMMITTED, patience)) {
            var partitions = reader.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            return reader.endOffsets(partitions);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(
            Map<String, Object> kafka, IsolationLevel isolation, Duration patience) {
        return UngroupedConsumer.open(
                kafka,
                "freshet-redrive",
                Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        isolation.toString(),
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        Math.toIntExact(patience.toMillis())));
    }

    /**
     * Reads from what the order asks for to the end, in each partition that it asks for.
     *
     * @throws TimeoutException where that takes too long
     */
    void read(RedriveRequest order, Consumer<StoredDeadLetter> letters) {
        var partitions = ends.keySet().stream()
                .filter(partition -> order.partition() == null || order.partition() == partition.partition())
                .toList();
        read(partitions, partition -> order.first(), letters);
    }

    /**
     * Reads the last records of each partition, in order.
     *
     * @param most so many of each
     * @return whether that were all
     * @throws TimeoutException where that takes too long
     */
    boolean readLast(int most, Consumer<StoredDeadLetter> letters) {
        return read(List.copyOf(ends.keySet()), partition -> end(partition) - most, letters);
    }

    /** Whether nothing was left out in front. */
    private boolean read(
            List<TopicPartition> partitions, ToLongFunction<TopicPartition> from, Consumer<StoredDeadLetter> letters) {
        consumer.assign(partitions);
        var beginnings = consumer.beginningOffsets(partitions);
        beginnings.forEach((partition, beginning) ->
                consumer.seek(partition, Math.max(beginning, Math.min(from.applyAsLong(partition), end(partition)))));
        while (!isRead(partitions)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the topic " + topic + " is too long");
            }
            consumer.poll(POLL).forEach(record -> letters.accept(StoredDeadLetter.of(InboundRecord.of(record))));
        }
        return partitions.stream()
                .allMatch(partition -> from.applyAsLong(partition) <= beginnings.getOrDefault(partition, 0L));
    }

    private boolean isRead(List<TopicPartition> partitions) {
        return partitions.stream().allMatch(partition -> consumer.position(partition) >= end(partition));
    }

    private long end(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
