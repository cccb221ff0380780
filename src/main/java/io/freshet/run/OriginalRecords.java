package io.freshet.run;

import io.freshet.event.InboundRecord;
import io.freshet.event.RecordPlace;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads single records of the public topics again, for dead letters that are found late. Belongs to no group. */
@ApplicationScoped
class OriginalRecords {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> kafka;

    OriginalRecords(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.kafka = Map.copyOf(kafka);
    }

    /** One answer per place: the record, or empty if it is gone. Fails if Kafka doesn't answer. */
    Uni<Map<RecordPlace, Optional<InboundRecord>>> read(List<RecordPlace> places) {
        return Uni.createFrom()
                .item(() -> {
                    try (var consumer =
                            new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                        var found = new HashMap<RecordPlace, Optional<InboundRecord>>();
                        places.forEach(place -> found.computeIfAbsent(place, missing -> read(place, consumer)));
                        return (Map<RecordPlace, Optional<InboundRecord>>) found;
                    }
                })
                .runSubscriptionOn(Infrastructure.getDefaultExecutor());
    }

    private static Optional<InboundRecord> read(RecordPlace place, KafkaConsumer<byte[], byte[]> consumer) {
        var partition = new TopicPartition(place.topic(), place.partition());
        consumer.assign(List.of(partition));
        var beginning = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        var end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        if (place.offset() < beginning || place.offset() >= end) {
            return Optional.empty();
        }
        consumer.seek(partition, place.offset());
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition) <= place.offset()) {
            if (System.nanoTime() > deadline) {
                throw new KafkaException("the record " + place + " couldn't be read again in " + PATIENCE);
            }
            for (var record : consumer.poll(POLL)) {
                if (record.offset() == place.offset()) {
                    var read = InboundRecord.of(record);
                    return Optional.of(read).filter(one -> one.timestamp().equals(place.timestamp()));
                }
            }
        }
        return Optional.empty();
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "freshet-originals");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        return settings;
    }
}
