package io.freshet.ledger;

import io.freshet.event.NewerReaderNeeded;
import io.freshet.event.StoredForm;
import io.freshet.event.Topics;
import io.freshet.event.UngroupedConsumer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How many partitions Freshet's own topics had at its first start, as one record of the first partition of the state
 * topic: with another number each workspace would be looked for in the wrong place. The record is written before all
 * others and never again, so compaction leaves it at the beginning of the log.
 */
public final class StateLayout {

    private static final byte[] KEY = "/layout".getBytes(StandardCharsets.UTF_8);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> kafka;
    private final TopicPartition first;

    public StateLayout(Map<String, Object> kafka, Topics topics) {
        this.kafka = Map.copyOf(kafka);
        this.first = new TopicPartition(topics.state(), 0);
    }

    static boolean isOf(ConsumerRecord<byte[], byte[]> record) {
        return Arrays.equals(KEY, record.key());
    }

    /**
     * The number that was saved, or this one, which is saved then. Blocks.
     *
     * @throws KafkaException if Kafka doesn't answer
     */
    public int partitions(int present) {
        var saved = saved();
        if (saved.isEmpty()) {
            save(present);
        }
        return saved.orElse(present);
    }

    /** The number that was saved, if there was a start. Blocks, and fails as {@link #partitions} does. */
    public OptionalInt saved() {
        try (var consumer = UngroupedConsumer.open(
                kafka,
                "freshet-layout",
                Map.of(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis())))) {
            consumer.assign(List.of(first));
            consumer.seekToBeginning(List.of(first));
            var end = consumer.endOffsets(List.of(first)).getOrDefault(first, 0L);
            while (consumer.position(first) < end) {
                for (var read : consumer.poll(POLL)) {
                    if (isOf(read) && read.value() != null) {
                        return OptionalInt.of(read(read.value()));
                    }
                }
            }
            return OptionalInt.empty();
        }
    }

    static byte[] write(int partitions) {
        return StoredForm.bytes(StoredForm.begin().put("partitions", partitions));
    }

    static int read(byte[] value) {
        try {
            return StoredForm.read(value).smallNumber("partitions");
        } catch (IOException | NewerReaderNeeded e) {
            throw new KafkaException("its record /layout can't be read: " + e.getMessage(), e);
        }
    }

    private void save(int partitions) {
        var settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "freshet-layout");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(first.topic(), first.partition(), KEY, write(partitions)))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the layout can't be saved: " + e.getMessage(), e);
        }
    }
}
