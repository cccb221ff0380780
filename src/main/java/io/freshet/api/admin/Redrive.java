package io.freshet.api.admin;

import io.freshet.event.StoredDeadLetter;
import io.freshet.event.Topics;
import io.freshet.ledger.LedgerConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes dead letters to the topics that they came from again. In the same transaction goes a note beside each of them
 * on the dead-letter topic, so that none is written again twice. All replicas use one transactional id: an order that is
 * begun while another is carried out ends the other, and reads what that one may have written before.
 */
@ApplicationScoped
class Redrive {

    private static final int LARGEST_RECORD = 64 << 20;
    /** Of each partition. */
    private static final int MOST_LISTED = 10_000;

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final LedgerConfig ledger;
    private final RequestTimeout patience;

    Redrive(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Topics topics,
            LedgerConfig ledger,
            RequestTimeout patience) {
        this.kafka = Map.copyOf(kafka);
        this.topics = topics;
        this.ledger = ledger;
        this.patience = patience;
    }

    /** Blocks until it is done. Fails where Kafka does, and then nothing was written. */
    RedriveResult carryOut(RedriveRequest order) {
        if (order.isDry()) {
            return choose(order).result();
        }
        var producer = new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            var choice = choose(order);
            write(producer, choice.chosen());
            return choice.result();
        } finally {
            producer.close(CLOSING); // which ends a transaction that isn't committed
        }
    }

    /** The newest dead letters, among the last ones of each partition. */
    DeadLetterList.Answer list(DeadLetterList list) {
        try (var deadLetters = new DeadLetterTopic(kafka, topics.upstreamDataChangedDlq(), patience.timeout())) {
            return list.answer(deadLetters.readLast(MOST_LISTED, list::consider));
        }
    }

    private RedriveSelection choose(RedriveRequest order) {
        try (var deadLetters = new DeadLetterTopic(kafka, topics.upstreamDataChangedDlq(), patience.timeout())) {
            var redriven = new RedrivenLetters();
            deadLetters.read(order, redriven::consider);
            var choice = new RedriveSelection(order, Set.copyOf(topics.inputs()), redriven);
            deadLetters.read(order, choice::consider);
            return choice;
        }
    }

    /** A send that fails makes the commit fail. */
    private static void write(KafkaProducer<byte[], byte[]> producer, List<StoredDeadLetter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        producer.beginTransaction();
        for (var letter : letters) {
            send(producer, letter.again());
            send(producer, letter.note());
        }
        producer.commitTransaction();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure comes out of the commit
    private static void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        producer.send(record);
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<>(kafka);
        settings.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                ledger.transactionalIdPrefix() + "redrive-" + topics.upstreamDataChangedDlq());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "freshet-redrive-writes");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, topics.compression());
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_RECORD);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience.timeout().toMillis());
        return settings;
    }
}
