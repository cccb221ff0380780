package io.freshet.ledger;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A producer of transactions, which is opened when it is needed. It is kafka-clients' own rather than a channel's,
 * because one that was fenced must be replaced while the application runs on.
 */
final class LedgerProducer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LedgerProducer.class);

    private final Map<String, Object> kafka;
    private final LedgerConfig config;
    private final String compression;
    private final Function<Map<String, Object>, Producer<byte[], byte[]>> make;
    private final Function<Producer<?, ?>, KafkaClientMetrics> watch;
    // Unique, as one that two replicas share would make them fence each other; a crashed replica's open transaction
    // is ended by its timeout.
    private final String transactionalId;
    private @Nullable Producer<byte[], byte[]> producer;
    private @Nullable KafkaClientMetrics watching;

    LedgerProducer(
            Map<String, Object> kafka,
            LedgerConfig config,
            String compression,
            Function<Map<String, Object>, Producer<byte[], byte[]>> make,
            Function<Producer<?, ?>, KafkaClientMetrics> watch) {
        this.kafka = Map.copyOf(kafka);
        this.config = config;
        this.compression = compression;
        this.make = make;
        this.watch = watch;
        this.transactionalId = config.transactionalIdPrefix() + UUID.randomUUID();
    }

    /** kafka-clients' own. */
    static Producer<byte[], byte[]> make(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The one that is open, or a new one. */
    Producer<byte[], byte[]> open() {
        var open = producer;
        if (open == null) {
            open = make.apply(settings());
            try {
                open.initTransactions();
            } catch (RuntimeException e) {
                close(open);
                throw e;
            }
            producer = open;
            watching = watch.apply(open);
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
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        settings.put(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG, 1); // events are much alike: more saves little
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

    /** Lets go of the producer; the next one is new. */
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
            close(open);
        }
    }

    /** Whoever closes it is done with it, and has something else to say. */
    private static void close(Producer<byte[], byte[]> open) {
        try {
            open.close(Duration.ZERO);
        } catch (RuntimeException e) {
            LOG.debug("a broken producer can't be closed", e);
        }
    }
}
