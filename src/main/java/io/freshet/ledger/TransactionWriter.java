package io.freshet.ledger;

import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import io.freshet.ledger.StagedTransaction.OfEntry;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
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

    private final Topics topics;
    private final TransactionRecords records;
    private final LedgerMetrics metrics;
    // The broker refuses a producer's next transaction while the markers of the last one are on their way (KIP-890).
    // Another producer needn't wait for them, so the two take turns.
    private final List<LedgerProducer> producers;
    private int turn;

    TransactionWriter(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            LedgerConfig config,
            Topics topics,
            WorkspacePartitions partitions,
            MeterRegistry registry) {
        this.topics = topics;
        this.records = new TransactionRecords(topics, partitions);
        this.metrics = new LedgerMetrics(registry);
        this.producers = Stream.generate(() -> new LedgerProducer(kafka, config, topics.compression(), metrics::watch))
                .limit(2)
                .toList();
    }

    @Override
    public CommitResult write(StagedTransaction staged, ConsumerGroupMetadata group) {
        return metrics.transaction(() -> attempt(staged, group));
    }

    private CommitResult attempt(StagedTransaction staged, ConsumerGroupMetadata group) {
        var unmakeable = new HashSet<Integer>();
        var made = records.of(staged, unmakeable);
        if (!unmakeable.isEmpty()) {
            return new CommitResult.Refused(unmakeable);
        }
        turn = (turn + 1) % producers.size();
        var sent = new LinkedHashMap<Future<RecordMetadata>, OfEntry<ProducerRecord<byte[], byte[]>>>();
        try {
            var open = producers.get(turn).open();
            open.beginTransaction();
            return write(made, offsets(staged), group, open, sent);
        } catch (KafkaException e) {
            LOG.warnf("transaction=not_begun cause=\"%s\"", e.getMessage());
            producers.get(turn).close();
            return new CommitResult.Aborted();
        }
    }

    private CommitResult write(
            List<OfEntry<ProducerRecord<byte[], byte[]>>> made,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group,
            Producer<byte[], byte[]> open,
            Map<Future<RecordMetadata>, OfEntry<ProducerRecord<byte[], byte[]>>> sent) {
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
            LOG.warnf("transaction=aborted cause=\"%s\"", e.getMessage());
            var aborted = abort(open, new CommitResult.Aborted());
            return TooLarge.isCauseOf(e) && aborted instanceof CommitResult.Aborted ? refused(sent, open) : aborted;
        } catch (RuntimeException e) {
            return unknown(e); // such as the producer's own IllegalStateException: who knows in which state it is
        }
    }

    private static CommitResult commit(Producer<byte[], byte[]> open) {
        while (true) {
            try {
                open.commitTransaction();
                return new CommitResult.Committed();
            } catch (TimeoutException e) {
                // The one call that may be repeated: it resumes the same commit.
                LOG.warnf("transaction=waiting cause=\"%s\"", e.getMessage());
            }
        }
    }

    private CommitResult refused(
            Map<Future<RecordMetadata>, OfEntry<ProducerRecord<byte[], byte[]>>> sent, Producer<byte[], byte[]> open) {
        try {
            var entries = TooLarge.entries(sent, open);
            return entries.isEmpty() ? new CommitResult.Aborted() : new CommitResult.Refused(entries);
        } catch (RuntimeException e) {
            LOG.warnf("transaction=aborted cause=\"%s\"", e.getMessage());
            producers.get(turn).close();
            return new CommitResult.Aborted();
        }
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
        LOG.warnf("transaction=unknown cause=\"%s\"", failure.getMessage());
        producers.get(turn).close();
        return new CommitResult.Unknown();
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(StagedTransaction staged) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        staged.positions()
                .forEach((partition, position) ->
                        offsets.put(new TopicPartition(topics.inbox(), partition), new OffsetAndMetadata(position)));
        return offsets;
    }

    @Override
    public void close() {
        producers.forEach(LedgerProducer::close);
    }
}
