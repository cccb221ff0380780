package io.freshet.ledger;

import static io.freshet.ledger.Entries.ACME;
import static io.freshet.ledger.Entries.empty;
import static io.freshet.ledger.Entries.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Presentations;
import io.freshet.event.Topics;
import io.freshet.ledger.TransactionLog.CommitResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A producer that is broken, in whatever way, is thrown away, and the next one writes the same. */
class BrokenProducerTest {

    enum Call {
        INIT,
        BEGIN,
        SEND,
        OFFSETS,
        COMMIT
    }

    /** As kafka-clients' own, whose state machine throws this when a coordinator has moved at the wrong moment. */
    private static final class Breaking extends MockProducer<byte[], byte[]> {
        private final Call breaks;

        Breaking(Call breaks) {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
            this.breaks = breaks;
        }

        private void at(Call call) {
            if (call == breaks) {
                throw new IllegalStateException("Invalid transition attempted at " + call);
            }
        }

        @Override
        public void initTransactions() {
            at(Call.INIT);
            super.initTransactions();
        }

        @Override
        public void beginTransaction() {
            at(Call.BEGIN);
            super.beginTransaction();
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
            at(Call.SEND);
            return super.send(record);
        }

        @Override
        public void sendOffsetsToTransaction(
                Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
            at(Call.OFFSETS);
            super.sendOffsetsToTransaction(offsets, group);
        }

        @Override
        public void commitTransaction() {
            at(Call.COMMIT);
            super.commitTransaction();
        }
    }

    private record Settings(String transactionalIdPrefix, Duration transactionTimeout, int transactionEntries)
            implements LedgerConfig {}

    private final List<MockProducer<byte[], byte[]>> made = new ArrayList<>();
    private final WriteTrouble trouble = new WriteTrouble();

    /** @param first the first producer; those after it are well */
    private TransactionWriter writer(MockProducer<byte[], byte[]> first) {
        var topics =
                new SmallRyeConfigBuilder().withMapping(Topics.class).build().getConfigMapping(Topics.class);
        return new TransactionWriter(
                new TransactionRecords(
                        topics,
                        Entries.PARTITIONS,
                        Presentations.WITH_NAMES,
                        new LedgerMetrics(new SimpleMeterRegistry())),
                new LedgerMetrics(new SimpleMeterRegistry()),
                trouble,
                watch -> new LedgerProducer(
                        Map.of(),
                        new Settings("freshet-", Duration.ofSeconds(10), 1_000),
                        "gzip",
                        settings -> make(first),
                        watch));
    }

    private Producer<byte[], byte[]> make(MockProducer<byte[], byte[]> first) {
        var producer = made.isEmpty()
                ? first
                : new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        made.add(producer);
        return producer;
    }

    private static StagedTransaction staged() {
        var store = new StateStore(Entries.PARTITIONS);
        store.open(ACME, empty(0));
        return store.stage(List.of(opened("acme", 0, "a")), Set.of(), Entries.NOON);
    }

    private static ConsumerGroupMetadata group() {
        return new ConsumerGroupMetadata("freshet-owners");
    }

    @ParameterizedTest
    @EnumSource
    void shouldThrowItAwayAndWriteTheSameWithAnother(Call call) {
        try (var writer = writer(new Breaking(call))) {
            var staged = staged();

            assertThat(writer.write(staged, group())).isIn(new CommitResult.Aborted(), new CommitResult.Unknown());
            assertThat(made.get(0).closed()).isTrue();
            assertThat(trouble.cause())
                    .hasValueSatisfying(cause -> assertThat(cause).contains("Invalid transition attempted at " + call));

            // The two take turns: the third attempt is again that of the first producer's place.
            assertThat(writer.write(staged, group())).isEqualTo(new CommitResult.Committed());
            assertThat(writer.write(staged, group())).isEqualTo(new CommitResult.Committed());
            assertThat(made).hasSize(3);
            assertThat(made.get(2).history()).hasSize(1);
        }
    }

    @Test
    void shouldSayBeforeThereIsAnythingToWriteThatItMayNot() {
        var refused =
                new MockProducer<byte[], byte[]>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        refused.initTransactionException = new TransactionalIdAuthorizationException("no right to freshet-1");
        try (var writer = writer(refused)) {
            assertThat(writer.isReady()).isFalse();
            assertThat(refused.closed()).isTrue();
            assertThat(trouble.cause())
                    .hasValueSatisfying(cause -> assertThat(cause).contains("no right to freshet-1"));

            assertThat(writer.isReady()).isTrue();
            assertThat(writer.write(staged(), group())).isEqualTo(new CommitResult.Committed());
            assertThat(made)
                    .as("the one that was opened is the one that writes")
                    .hasSize(2);
        }
    }
}
