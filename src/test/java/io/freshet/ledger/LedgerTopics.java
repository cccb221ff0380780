package io.freshet.ledger;

import io.freshet.event.Presentations;
import io.freshet.event.Topics;
import io.freshet.testing.TestKafka;
import io.freshet.testing.TestTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Real topics, and a real group, for the parts of the ledger that talk to Kafka. */
final class LedgerTopics implements AutoCloseable {

    private record Settings(String transactionalIdPrefix, Duration transactionTimeout, int transactionEntries)
            implements LedgerConfig {}

    private final String prefix = TestTopics.ownPrefix();
    private final TestTopics topics = new TestTopics(TestKafka.bootstrapServers(), prefix);

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    LedgerTopics() {
        topics.tellLineage();
    }

    void create(String topic, int partitions, Map<String, String> config) {
        topics.create(topic, partitions, config);
    }

    String name(String topic) {
        return topics.name(topic);
    }

    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return topics.read(topic);
    }

    Topics names() {
        return topics.mapping();
    }

    static Map<String, Object> settings() {
        return Map.of("bootstrap.servers", TestKafka.bootstrapServers());
    }

    TransactionWriter writer() {
        return new TransactionWriter(
                settings(),
                new Settings(prefix, Duration.ofSeconds(10), 1_000),
                names(),
                Entries.PARTITIONS,
                Presentations.WITH_NAMES,
                metrics,
                new WriteTrouble());
    }

    ChangelogReader reader() {
        return new ChangelogReader(settings(), names(), group(), new SimpleMeterRegistry());
    }

    private String group() {
        return prefix + "freshet-owners";
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        topics.flush(List.of(topics.send(record)));
    }

    /** A producer of somebody else's, in the middle of a transaction of one record. */
    KafkaProducer<byte[], byte[]> hanging(String topic, int partition) {
        var producer = transactional("hanging");
        producer.beginTransaction();
        var ignored = producer.send(new ProducerRecord<>(name(topic), partition, new byte[] {1}, new byte[] {1}));
        producer.flush();
        return producer;
    }

    KafkaProducer<byte[], byte[]> transactional(String name) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", TestKafka.bootstrapServers(), "transactional.id", prefix + name);
        var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    /** A consumer of the owners' group, which has partitions once it is {@linkplain #awaitPartitions polled}. */
    KafkaConsumer<byte[], byte[]> member() {
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                TestKafka.bootstrapServers(),
                "group.id",
                group(),
                "enable.auto.commit",
                "false",
                "heartbeat.interval.ms",
                "100");
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(name("freshet-inbox")));
        return consumer;
    }

    long committed(KafkaConsumer<byte[], byte[]> member, int partition) {
        var inbox = new TopicPartition(name("freshet-inbox"), partition);
        var committed = member.committed(Set.of(inbox), Duration.ofSeconds(30)).get(inbox);
        return committed == null ? 0 : committed.offset();
    }

    /** Returns when the members share all partitions, each with at least one. */
    static void awaitPartitions(int all, List<KafkaConsumer<byte[], byte[]>> members) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            members.forEach(member -> member.poll(Duration.ofMillis(100)));
            return members.stream().noneMatch(member -> member.assignment().isEmpty())
                    && members.stream()
                                    .mapToInt(member -> member.assignment().size())
                                    .sum()
                            == all;
        });
    }

    @Override
    public void close() {
        topics.close();
    }
}
