package io.freshet.run;

import io.freshet.event.InboundRecord;
import io.freshet.event.RecordPlace;
import io.freshet.event.UngroupedConsumer;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Has Kafka show them, as a consumer that belongs to no group. */
@ApplicationScoped
class OriginalRecordsReader implements OriginalRecords {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Map<String, Object> SETTINGS = Map.of(
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            1,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            Math.toIntExact(PATIENCE.toMillis()));

    private final Map<String, Object> kafka;

    private final Executor workers;

    OriginalRecordsReader(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, @Identifier("workers") Executor workers) {
        this.kafka = Map.copyOf(kafka);
        this.workers = workers;
    }

    @Override
    public Uni<Map<RecordPlace, Optional<InboundRecord>>> read(List<RecordPlace> places) {
        return Uni.createFrom()
                .item(() -> {
                    try (var consumer = UngroupedConsumer.open(kafka, "freshet-originals", SETTINGS)) {
                        var found = new LinkedHashMap<RecordPlace, Optional<InboundRecord>>();
                        var partitions = places.stream()
                                .map(OriginalRecordsReader::partition)
                                .distinct()
                                .toList();
                        var beginnings = consumer.beginningOffsets(partitions);
                        var ends = consumer.endOffsets(partitions);
                        for (var place : places) {
                            var isThere = place.offset() >= beginnings.getOrDefault(partition(place), 0L)
                                    && place.offset() < ends.getOrDefault(partition(place), 0L);
                            found.computeIfAbsent(place, missing -> isThere ? read(place, consumer) : Optional.empty());
                        }
                        return (Map<RecordPlace, Optional<InboundRecord>>) found;
                    }
                })
                .runSubscriptionOn(workers);
    }

    private static Optional<InboundRecord> read(RecordPlace place, KafkaConsumer<byte[], byte[]> consumer) {
        var partition = partition(place);
        consumer.assign(List.of(partition));
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

    private static TopicPartition partition(RecordPlace place) {
        return new TopicPartition(place.topic(), place.partition());
    }
}
