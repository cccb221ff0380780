package io.freshet.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic as a {@code read_committed} consumer does, and goes on where it was whenever it is asked again. */
final class TopicReader implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final UnaryOperator<ConsumerRecord<byte[], byte[]>> kept;

    /** @param kept what is kept of each record */
    TopicReader(Properties kafka, String topic, UnaryOperator<ConsumerRecord<byte[], byte[]>> kept) {
        this.kept = kept;
        var settings = new Properties();
        settings.putAll(kafka);
        settings.put("isolation.level", "read_committed");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All records from the first to what is the end now. */
    synchronized List<ConsumerRecord<byte[], byte[]>> read() {
        var ends = consumer.endOffsets(partitions);
        while (!partitions.stream()
                .allMatch(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L))) {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> records.add(kept.apply(record)));
        }
        return List.copyOf(records);
    }

    @Override
    public synchronized void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
