package io.freshet.ledger;

import io.freshet.event.Presentation;
import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import io.freshet.ledger.StagedTransaction.OfEntry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/** Writes transactions to Kafka: states, events and offsets together. Not for several threads. */
@Singleton
final class TransactionWriter implements TransactionLog {

    private static final Logger LOG = Logger.getLogger(TransactionWriter.class);

    private final TransactionRecords records;
    private final LedgerMetrics metrics;
    private final WriteTrouble trouble;
    private final ProducerTurns producers;

    @Inject
    TransactionWriter(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            LedgerConfig config,
            Topics topics,
            WorkspacePartitions partitions,
            Presentation presentation,
            MeterRegistry registry,
            WriteTrouble trouble) {
        this(
                new TransactionRecords(topics, partitions, presentation, new LedgerMetrics(registry)),
                new LedgerMetrics(registry),
                trouble,
                watch -> new LedgerProducer(kafka, config, topics.compression(), LedgerProducer::make, watch));
    }

    TransactionWriter(
            TransactionRecords records,
            LedgerMetrics metrics,
            WriteTrouble trouble,
            Function<Function<Producer<?, ?>, KafkaClientMetrics>, LedgerProducer> producer) {
        this.records = records;
        this.metrics = metrics;
        this.trouble = trouble;
        this.producers = new ProducerTurns(() -> producer.apply(metrics::watch));
    }

    /** Opens the producer that is the next to write, as the right to write may be wanting, or the broker. */
    @Override
    public boolean isReady() {
        var next = producers.next();
        try {
            next.open();
            return true;
        } catch (RuntimeException e) {
            notBegun(next, e);
            return false;
        }
    }

    @Override
    public CommitResult write(StagedTransaction staged, ConsumerGroupMetadata group) {
        return metrics.transaction(() -> attempt(staged, group));
    }

    private CommitResult attempt(StagedTransaction staged, ConsumerGroupMetadata group) {
        var unmakeable = new HashSet<Origin>();
        var made = records.of(staged, unmakeable);
        if (!unmakeable.isEmpty()) {
            return new CommitResult.Refused(unmakeable);
        }
        return begin(made, records.offsets(staged), group);
    }

    private CommitResult begin(
            List<OfEntry<ProducerRecord<byte[], byte[]>>> made,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group) {
        var producer = producers.pass();
        Producer<byte[], byte[]> open;
        try {
            open = producer.open();
            open.beginTransaction();
        } catch (RuntimeException e) { // also the producer's own IllegalStateException: the next one is a new one
            return notBegun(producer, e);
        }
        return write(made, offsets, group, open);
    }

    private CommitResult notBegun(LedgerProducer producer, RuntimeException failure) {
        trouble.failed("not_begun", failure);
        producer.close();
        return new CommitResult.Aborted();
    }

    private CommitResult write(
            List<OfEntry<ProducerRecord<byte[], byte[]>>> made,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group,
            Producer<byte[], byte[]> open) {
        var sent = new LinkedHashMap<Future<RecordMetadata>, OfEntry<ProducerRecord<byte[], byte[]>>>();
        try {
            made.forEach(one -> sent.put(open.send(one.what()), one));
            open.sendOffsetsToTransaction(offsets, group);
            return commit(open);
        } catch (CommitFailedException e) {
            LOG.infof("transaction=refused cause=\"%s\"", e.getMessage());
            return abort(open, new CommitResult.GenerationPassed());
        } catch (ApplicationRecoverableException e) {
            return unknown(e);
        } catch (KafkaException e) {
            var aborted = abort(open, new CommitResult.Aborted());
            if (TooLarge.isCauseOf(e) && aborted instanceof CommitResult.Aborted) {
                return refused(
                        sent, open, tooLarge -> begin(records.lineage().without(tooLarge, made), offsets, group));
            }
            trouble.failed("aborted", e);
            return aborted;
        } catch (RuntimeException e) {
            return unknown(e); // such as the producer's own IllegalStateException: who knows in which state it is
        }
    }

    private CommitResult commit(Producer<byte[], byte[]> open) {
        while (true) {
            try {
                open.commitTransaction();
                return new CommitResult.Committed();
            } catch (TimeoutException e) {
                // The one call that may be repeated: it resumes the same commit.
                trouble.failed("waiting", e);
            }
        }
    }

    /** @param again writes the same without lineage that is too large: what it is of goes before it */
    private CommitResult refused(
            Map<Future<RecordMetadata>, OfEntry<ProducerRecord<byte[], byte[]>>> sent,
            Producer<byte[], byte[]> open,
            Function<Set<OfEntry<ProducerRecord<byte[], byte[]>>>, CommitResult> again) {
        Set<OfEntry<ProducerRecord<byte[], byte[]>>> tooLarge;
        try {
            tooLarge = TooLarge.records(sent, open);
        } catch (RuntimeException e) {
            trouble.failed("aborted", e);
            producers.current().close();
            return new CommitResult.Aborted();
        }
        if (tooLarge.isEmpty()) {
            return new CommitResult.Aborted();
        }
        tooLarge.forEach(one -> TooLarge.say(one.what()));
        var others =
                tooLarge.stream().filter(one -> !records.lineage().has(one)).toList();
        return others.isEmpty() ? again.apply(tooLarge) : new CommitResult.Refused(LineageRecords.origins(others));
    }

    private CommitResult abort(Producer<byte[], byte[]> open, CommitResult otherwise) {
        try {
            open.abortTransaction();
            return otherwise;
        } catch (RuntimeException e) {
            return unknown(e);
        }
    }

    private CommitResult unknown(RuntimeException failure) {
        trouble.failed("unknown", failure);
        producers.current().close();
        return new CommitResult.Unknown();
    }

    @Override
    public void close() {
        producers.close();
    }
}
