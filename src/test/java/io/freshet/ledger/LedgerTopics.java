package io.freshet.ledger;

import io.freshet.event.Topics;
import io.freshet.testing.TestKafka;
import io.freshet.testing.TestTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/** Real topics, and a real group, for the parts of the ledger that talk to Kafka. */
final class LedgerTopics implements AutoCloseable {

    private record Settings(String transactionalIdPrefix, Duration transactionTimeout, int transactionEntries)
            implements LedgerConfig {}

    private final String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + "-";
    private final TestTopics topics = new TestTopics(TestKafka.bootstrapServers(), prefix);

    void create(String topic, int partitions, Map<String, String> config) {
        topics.create(topic, partitions, config);
    }

    String name(String topic) {
        return topics.name(topic);
    }

    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return topics.read(topic);
    }

    TransactionWriter journal() {
        var names = new SmallRyeConfigBuilder()
                .withMapping(Topics.class)
                .withSources(new PropertiesConfigSource(topics.settings(), "test", 100))
                .build()
                .getConfigMapping(Topics.class);
        return new TransactionWriter(
                Map.of("bootstrap.servers", TestKafka.bootstrapServers()),
                new Settings(prefix, Duration.ofSeconds(10), 1_000),
                names,
                new LedgerMetrics(new SimpleMeterRegistry()));
    }

    /** A consumer of the group, which has partitions once it is {@linkplain #awaitPartitions polled}. */
    KafkaConsumer<byte[], byte[]> member() {
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                TestKafka.bootstrapServers(),
                "group.id",
                prefix + "freshet",
                "heartbeat.interval.ms",
                "100");
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(name("refresh-requested")));
        return consumer;
    }

    static void awaitPartitions(int each, List<KafkaConsumer<byte[], byte[]>> members) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            members.forEach(member -> member.poll(Duration.ofMillis(100)));
            return members.stream().allMatch(member -> member.assignment().size() == each);
        });
    }

    @Override
    public void close() {
        topics.close();
    }
}
