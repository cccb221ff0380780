package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Cause;
import io.freshet.event.Causes;
import io.freshet.event.ReportKey;
import io.freshet.event.Topics;
import io.freshet.ledger.Journal.Written;
import io.freshet.refresh.Wish;
import io.freshet.testing.TestKafka;
import io.freshet.testing.TestTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever has lost its partitions can write nothing of their reports: the broker refuses the transaction. */
class JournalTest {

    private static final ReportKey REPORT = new ReportKey("acme", "4e9047000001");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private record Settings(String transactionalIdPrefix, Duration transactionTimeout, int transactionEntries)
            implements LedgerConfig {}

    private final String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + "-";
    private final TestTopics kafka = new TestTopics(TestKafka.bootstrapServers(), prefix);
    private final Journal journal = new Journal(
            Map.of("bootstrap.servers", TestKafka.bootstrapServers()),
            new Settings(prefix, Duration.ofSeconds(10), 1_000),
            new SmallRyeConfigBuilder()
                    .withMapping(Topics.class)
                    .withSources(new PropertiesConfigSource(kafka.settings(), "test", 100))
                    .build()
                    .getConfigMapping(Topics.class),
            new LedgerMetrics(new SimpleMeterRegistry()));

    @BeforeEach
    void create() {
        kafka.create("refresh-requested", 2);
        kafka.create("report-refreshes", 2);
    }

    @AfterEach
    void close() {
        journal.close();
        kafka.close();
    }

    /** A report begins to wait. */
    private static Page page() {
        var book = new Book();
        book.open(0, Map.of(), 0);
        var causes = Causes.of(List.of(new Cause("/etl", "load-1", NOON, null)));
        return book.write(List.of(
                new Entry.Wished(0, 0, REPORT, new Wish(new TreeSet<>(List.of("da7a5e700001")), causes, NOON))));
    }

    /** A consumer of the group, once it has partitions. */
    private KafkaConsumer<byte[], byte[]> member() {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        TestKafka.bootstrapServers(),
                        "group.id",
                        prefix + "freshet",
                        "heartbeat.interval.ms",
                        "100"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(kafka.name("refresh-requested")));
        return consumer;
    }

    private static void awaitPartitions(int each, List<KafkaConsumer<byte[], byte[]>> members) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            members.forEach(member -> member.poll(Duration.ofMillis(100)));
            return members.stream().allMatch(member -> member.assignment().size() == each);
        });
    }

    @Test
    void shouldWriteInTheGenerationOfToday() {
        try (var member = member()) {
            awaitPartitions(2, List.of(member));

            assertThat(journal.write(page(), member.groupMetadata())).isEqualTo(Written.COMMITTED);

            assertThat(kafka.read("report-refreshes")).hasSize(1);
        }
    }

    @Test
    void shouldBeRefusedInAnEarlierGeneration() {
        try (var member = member();
                var another = member()) {
            awaitPartitions(2, List.of(member));
            var earlier = member.groupMetadata();
            awaitPartitions(1, List.of(member, another));

            assertThat(journal.write(page(), earlier)).isEqualTo(Written.GENERATION_PASSED);

            assertThat(kafka.read("report-refreshes")).isEmpty();
            assertThat(journal.write(page(), member.groupMetadata())).isEqualTo(Written.COMMITTED);
        }
    }

    @Test
    void shouldBeRefusedWhereItIsNoMemberAnyMore() {
        try (var member = member()) {
            awaitPartitions(2, List.of(member));
            var gone = member.groupMetadata();
            member.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));

            assertThat(journal.write(page(), gone)).isEqualTo(Written.GENERATION_PASSED);

            assertThat(kafka.read("report-refreshes")).isEmpty();
        }
    }
}
