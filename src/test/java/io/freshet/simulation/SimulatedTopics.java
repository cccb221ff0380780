package io.freshet.simulation;

import static java.util.Objects.requireNonNull;

import io.freshet.event.Topics;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;

/** All topics, as a reader of committed records sees them. */
final class SimulatedTopics {

    static final Topics NAMES = new SmallRyeConfigBuilder()
            .withMapping(Topics.class)
            .withDefaultValue("freshet.topics.lineage", "lineage")
            .withDefaultValue("freshet.topics.openlineage", "openlineage")
            .build()
            .getConfigMapping(Topics.class);

    private final VirtualTime time;
    private final Map<String, List<List<ConsumerRecord<byte[], byte[]>>>> topics = new HashMap<>();
    /** Two of one millisecond may be in different partitions. */
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> inOrder = new HashMap<>();

    SimulatedTopics(VirtualTime time, int publicPartitions, int ownPartitions) {
        this.time = time;
        NAMES.all().forEach(topic -> grow(topic, publicPartitions));
        grow(NAMES.inbox(), ownPartitions - publicPartitions);
        grow(NAMES.state(), ownPartitions - publicPartitions);
    }

    /** So many more partitions. */
    void grow(String topic, int more) {
        var partitions = topics.computeIfAbsent(topic, missing -> new ArrayList<>());
        for (var n = 0; n < more; n++) {
            partitions.add(new ArrayList<>());
        }
    }

    int partitions(String topic) {
        return partitionsOf(topic).size();
    }

    ConsumerRecord<byte[], byte[]> append(ProducerRecord<byte[], byte[]> record) {
        var partitions = partitionsOf(record.topic());
        var number = record.partition() == null ? time.random().nextInt(partitions.size()) : record.partition();
        var log = partitions.get(number);
        var appended = new ConsumerRecord<>(
                record.topic(),
                number,
                log.size(),
                time.now().toEpochMilli(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                record.key(),
                record.value(),
                record.headers(),
                Optional.<Integer>empty());
        log.add(appended);
        inOrder.computeIfAbsent(record.topic(), first -> new ArrayList<>()).add(appended);
        return appended;
    }

    List<ConsumerRecord<byte[], byte[]>> partition(String topic, int partition) {
        return partitionsOf(topic).get(partition);
    }

    /** In the order in which they were written. */
    List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        return List.copyOf(inOrder.getOrDefault(topic, List.of()));
    }

    private List<List<ConsumerRecord<byte[], byte[]>>> partitionsOf(String topic) {
        return requireNonNull(topics.get(topic), topic);
    }
}
