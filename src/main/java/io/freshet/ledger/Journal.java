package io.freshet.ledger;

import io.freshet.event.EventWriter;
import io.freshet.event.Topics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes pages to Kafka: states, events and offsets of a page in one transaction. Not for several threads.
 *
 * <p>The producer is kafka-clients' own rather than a channel's, because one that was fenced must be replaced while
 * the application runs on.
 */
final class Journal implements AutoCloseable {

    /** How the writing of a page ended. */
    enum Written {
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

    private static final Logger LOG = Logger.getLogger(Journal.class);

    private final Map<String, Object> kafka;
    private final LedgerConfig config;
    private final Topics topics;
    private final EventWriter events = new EventWriter();
    private final StandingJson json = new StandingJson();
    // Unique, as one that two replicas share would make them fence each other; a crashed replica's open transaction
    // is ended by its timeout.
    private final String transactionalId;
    private final LedgerMetrics metrics;
    private @Nullable Producer<byte[], byte[]> producer;
    private @Nullable KafkaClientMetrics watching;

    Journal(Map<String, Object> kafka, LedgerConfig config, Topics topics, LedgerMetrics metrics) {
        this.kafka = Map.copyOf(kafka);
        this.config = config;
        this.topics = topics;
        this.metrics = metrics;
        this.transactionalId = config.transactionalIdPrefix() + UUID.randomUUID();
    }

    /** Writes the page, and doesn't return before its fate is known or can't be. */
    Written write(Page page, ConsumerGroupMetadata group) {
        return metrics.transaction(() -> attempt(page, group));
    }

    private Written attempt(Page page, ConsumerGroupMetadata group) {
        try {
            var open = producer();
            open.beginTransaction();
            return write(page, group, open);
        } catch (KafkaException e) {
            LOG.warnf("transaction=not_begun cause=\"%s\"", e.getMessage());
            close();
            return Written.ABORTED;
        }
    }

    private Written write(Page page, ConsumerGroupMetadata group, Producer<byte[], byte[]> open) {
        try {
            page.durable().forEach(place -> send(open, state(place, page)));
            page.told().forEach(event -> send(open, events.write(topics.of(event), event)));
            page.passedOn().forEach(record -> send(open, record));
            open.sendOffsetsToTransaction(offsets(page), group);
        } catch (CommitFailedException e) {
            LOG.infof("transaction=refused cause=\"%s\"", e.getMessage());
            return abort(open, Written.GENERATION_PASSED);
        } catch (KafkaException e) {
            LOG.warnf("transaction=aborted cause=\"%s\"", e.getMessage());
            return abort(open, tooLarge(e) ? Written.TOO_LARGE : Written.ABORTED);
        }
        return commit(open);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the commit fails where a send has failed
    private static void send(Producer<byte[], byte[]> open, ProducerRecord<byte[], byte[]> record) {
        open.send(record);
    }

    private Written commit(Producer<byte[], byte[]> open) {
        while (true) {
            try {
                open.commitTransaction();
                return Written.COMMITTED;
            } catch (CommitFailedException e) {
                LOG.infof("transaction=refused cause=\"%s\"", e.getMessage());
                return abort(open, Written.GENERATION_PASSED);
            } catch (TimeoutException e) {
                // The one call that may be repeated: it resumes the same commit.
                LOG.warnf("transaction=waiting cause=\"%s\"", e.getMessage());
            } catch (ApplicationRecoverableException e) {
                LOG.warnf("transaction=unknown cause=\"%s\"", e.getMessage());
                close();
                return Written.UNKNOWN;
            } catch (KafkaException e) {
                LOG.warnf("transaction=aborted cause=\"%s\"", e.getMessage());
                return abort(open, tooLarge(e) ? Written.TOO_LARGE : Written.ABORTED);
            }
        }
    }

    private static boolean tooLarge(KafkaException failure) {
        return failure instanceof RecordTooLargeException || failure.getCause() instanceof RecordTooLargeException;
    }

    private Written abort(Producer<byte[], byte[]> open, Written otherwise) {
        try {
            open.abortTransaction();
            return otherwise;
        } catch (KafkaException e) {
            LOG.warnf("transaction=unknown cause=\"%s\"", e.getMessage());
            close();
            return Written.UNKNOWN;
        }
    }

    private ProducerRecord<byte[], byte[]> state(Page.Place place, Page page) {
        var key = place.report().key().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topics.reportRefreshes(), place.partition(), key, json.write(page.standing(place)));
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(Page page) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        page.positions()
                .forEach((partition, position) -> offsets.put(
                        new TopicPartition(topics.refreshRequested(), partition), new OffsetAndMetadata(position)));
        return offsets;
    }

    private Producer<byte[], byte[]> producer() {
        var open = producer;
        if (open == null) {
            open = new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
            try {
                open.initTransactions();
            } catch (KafkaException e) {
                open.close(Duration.ZERO);
                throw e;
            }
            producer = open;
            watching = metrics.watch(open);
        }
        return open;
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Math.toIntExact(config.transactionTimeout().toMillis()));
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // A page is sent as a whole; what would be waited for (5 ms by default since KIP-1030) can't come.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // The broker refuses a transaction while the markers of the one before are on their way (KIP-890): that takes a
        // few milliseconds, and whatever is in flight behind the refused request would be refused as out of order.
        settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // Whether a record is too large is for the broker to say, after compression.
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 64 << 20);
        settings.put(
                ProducerConfig.MAX_BLOCK_MS_CONFIG, config.transactionTimeout().toMillis());
        return settings;
    }

    /** Lets go of the producer; the next page gets a new one. */
    @Override
    public void close() {
        var open = producer;
        producer = null;
        var watched = watching;
        watching = null;
        if (watched != null) {
            watched.close();
        }
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }
}
