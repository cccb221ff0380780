package io.freshet.ledger;

import io.freshet.event.EventWriter;
import io.freshet.event.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Writes pages to Kafka: states, events and offsets of a page in one transaction. Not for several threads.
 */
final class TransactionWriter implements AutoCloseable {

    /** How the writing of a page ended. */
    enum CommitResult {
        COMMITTED,
        /** Nothing of it was written; it may be tried again at once. */
        ABORTED,
        /** The broker finds a record too large: nothing was written, and nothing would be if it were tried again. */
        TOO_LARGE,
        /** The consumer group has moved on to another generation: nothing was written, see what is still ours. */
        GENERATION_PASSED,
        /** Nobody knows: what was committed must be read back. */
        UNKNOWN
    }

    private static final Logger LOG = Logger.getLogger(TransactionWriter.class);

    private final Topics topics;
    private final EventWriter events = new EventWriter();
    private final ReportStateJson json = new ReportStateJson();
    private final LedgerMetrics metrics;
    // The broker refuses a producer's next transaction while the markers of the last one are on their way (KIP-890).
    // Another producer needn't wait for them, so the two take turns.
    private final List<LedgerProducer> producers;
    private int turn;

    TransactionWriter(Map<String, Object> kafka, LedgerConfig config, Topics topics, LedgerMetrics metrics) {
        this.topics = topics;
        this.metrics = metrics;
        this.producers = List.of(
                new LedgerProducer(kafka, config, metrics::watch), new LedgerProducer(kafka, config, metrics::watch));
    }

    /** Writes the page, and doesn't return before its fate is known or can't be. */
    CommitResult write(StagedTransaction page, ConsumerGroupMetadata group) {
        return metrics.transaction(() -> attempt(page, group));
    }

    private CommitResult attempt(StagedTransaction page, ConsumerGroupMetadata group) {
        turn = (turn + 1) % producers.size();
        var producer = producers.get(turn);
        try {
            var open = producer.open();
            open.beginTransaction();
            return write(page, group, open);
        } catch (KafkaException e) {
            LOG.warnf("transaction=not_begun cause=\"%s\"", e.getMessage());
            producer.close();
            return CommitResult.ABORTED;
        }
    }

    private CommitResult write(StagedTransaction page, ConsumerGroupMetadata group, Producer<byte[], byte[]> open) {
        try {
            page.durable().forEach(place -> send(open, state(place, page)));
            page.told().forEach(event -> send(open, events.write(topics.of(event), event)));
            page.forwarded().forEach(record -> send(open, record));
            open.sendOffsetsToTransaction(offsets(page), group);
        } catch (CommitFailedException e) {
            LOG.infof("transaction=refused cause=\"%s\"", e.getMessage());
            return abort(open, CommitResult.GENERATION_PASSED);
        } catch (KafkaException e) {
            LOG.warnf("transaction=aborted cause=\"%s\"", e.getMessage());
            return abort(open, tooLarge(e) ? CommitResult.TOO_LARGE : CommitResult.ABORTED);
        }
        return commit(open);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the commit fails where a send has failed
    private static void send(Producer<byte[], byte[]> open, ProducerRecord<byte[], byte[]> record) {
        open.send(record);
    }

    private CommitResult commit(Producer<byte[], byte[]> open) {
        while (true) {
            try {
                open.commitTransaction();
                return CommitResult.COMMITTED;
            } catch (CommitFailedException e) {
                LOG.infof("transaction=refused cause=\"%s\"", e.getMessage());
                return abort(open, CommitResult.GENERATION_PASSED);
            } catch (TimeoutException e) {
                // The one call that may be repeated: it resumes the same commit.
                LOG.warnf("transaction=waiting cause=\"%s\"", e.getMessage());
            } catch (ApplicationRecoverableException e) {
                LOG.warnf("transaction=unknown cause=\"%s\"", e.getMessage());
                producers.get(turn).close();
                return CommitResult.UNKNOWN;
            } catch (KafkaException e) {
                LOG.warnf("transaction=aborted cause=\"%s\"", e.getMessage());
                return abort(open, tooLarge(e) ? CommitResult.TOO_LARGE : CommitResult.ABORTED);
            }
        }
    }

    private static boolean tooLarge(KafkaException failure) {
        return failure instanceof RecordTooLargeException || failure.getCause() instanceof RecordTooLargeException;
    }

    private CommitResult abort(Producer<byte[], byte[]> open, CommitResult otherwise) {
        try {
            open.abortTransaction();
            return otherwise;
        } catch (KafkaException e) {
            LOG.warnf("transaction=unknown cause=\"%s\"", e.getMessage());
            producers.get(turn).close();
            return CommitResult.UNKNOWN;
        }
    }

    private ProducerRecord<byte[], byte[]> state(StagedTransaction.Place place, StagedTransaction page) {
        var key = place.report().key().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topics.reportRefreshes(), place.partition(), key, json.write(page.state(place)));
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(StagedTransaction page) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        page.positions()
                .forEach((partition, position) -> offsets.put(
                        new TopicPartition(topics.refreshRequested(), partition), new OffsetAndMetadata(position)));
        return offsets;
    }

    /** Lets go of the producers; the next page gets new ones. */
    @Override
    public void close() {
        producers.forEach(LedgerProducer::close);
    }
}
