package io.freshet.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.testing.TestKafka;
import io.freshet.testing.TestTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** On real topics, in one of which a transaction of somebody else's hangs. */
@NullUnmarked
@Execution(ExecutionMode.CONCURRENT)
class TopicWatchTest {

    private final String prefix = TestTopics.ownPrefix();
    private final TestTopics kafka = new TestTopics(TestKafka.bootstrapServers(), prefix);
    private final Map<String, Object> settings = Map.of("bootstrap.servers", TestKafka.bootstrapServers());
    private final Admin admin = Admin.create(settings);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private TopicWatch watch;

    @BeforeEach
    void create() {
        kafka.createAll(2);
        watch = new TopicWatch(kafka.mapping(), () -> admin, group(), group(), prefix + "owners", metrics, timer);
    }

    @AfterEach
    void close() {
        watch.close();
        timer.shutdownNow();
        admin.close(Duration.ZERO);
        kafka.close();
    }

    private String group() {
        return prefix + "freshet";
    }

    private double gauge(String name, String topic) {
        return metrics.get(name).tag("topic", kafka.name(topic)).gauge().value();
    }

    private void send(KafkaProducer<byte[], byte[]> producer, int records) {
        for (var n = 0; n < records; n++) {
            var ignored =
                    producer.send(new ProducerRecord<>(kafka.name("upstream-data-changed"), 1, null, new byte[] {1}));
        }
        producer.flush();
    }

    @Test
    void shouldCountToTheHighWatermarkAndSayForHowLongATransactionIsOpen() {
        var transactional = Map.<String, Object>of(
                "bootstrap.servers", TestKafka.bootstrapServers(), "transactional.id", prefix + "hanging");
        try (var hanging = new KafkaProducer<>(transactional, new ByteArraySerializer(), new ByteArraySerializer());
                var plain = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            send(plain, 3);
            commit(2);
            hanging.initTransactions();
            hanging.beginTransaction();
            send(hanging, 1);
            send(plain, 6);

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                watch.look();
                assertThat(gauge("freshet.records.unread", "upstream-data-changed"))
                        .as("one before, one in and six behind the transaction")
                        .isEqualTo(8);
                assertThat(gauge("freshet.transaction.open", "upstream-data-changed"))
                        .isPositive();
            });
            assertThat(gauge("freshet.transaction.open", "freshet-state")).isZero();
            assertThat(gauge("freshet.records.unread", "freshet-inbox")).isZero();

            hanging.abortTransaction();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                watch.look();
                assertThat(gauge("freshet.transaction.open", "upstream-data-changed"))
                        .isZero();
            });
        }
    }

    @Test
    void shouldWantARestartIfTheInboxIsDeletedAndMadeAgain() throws Exception {
        send(new byte[] {1});
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            watch.look();
            assertThat(gauge("freshet.records.unread", "freshet-inbox")).isEqualTo(1);
        });
        assertThat(new TopicsLiveness(watch).call().getStatus().name()).isEqualTo("UP");

        admin.deleteTopics(List.of(kafka.name("freshet-inbox"))).all().get();
        kafka.create("freshet-inbox", 2);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            watch.look();
            assertThat(new TopicsLiveness(watch).call().getStatus().name()).isEqualTo("DOWN");
        });
        assertThat(new TopicsLiveness(watch)
                        .call()
                        .getData()
                        .orElseThrow()
                        .get("cause")
                        .toString())
                .contains(kafka.name("freshet-inbox"), "restarted");
    }

    private void send(byte[] toInbox) {
        kafka.flush(List.of(kafka.send(new ProducerRecord<>(kafka.name("freshet-inbox"), toInbox))));
    }

    private void commit(long offset) {
        var all = Map.<String, Object>of("bootstrap.servers", TestKafka.bootstrapServers(), "group.id", group());
        try (var consumer = new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.commitSync(
                    Map.of(new TopicPartition(kafka.name("upstream-data-changed"), 1), new OffsetAndMetadata(offset)));
        }
    }
}
