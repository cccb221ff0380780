package io.freshet.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.ledger.StagedTransaction.OfEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/** Which records of a transaction that was aborted are larger than their topics take. */
final class TooLarge {

    private static final Logger LOG = Logger.getLogger(TooLarge.class);

    private TooLarge() {}

    static boolean isCauseOf(Throwable failure) {
        return failure instanceof RecordTooLargeException || failure.getCause() instanceof RecordTooLargeException;
    }

    /**
     * When the broker finds one too large, the client says so of all that it hadn't sent by then as well. So if several
     * are suspect, each is sent again, alone.
     *
     * @throws KafkaException if it can't be found out
     */
    static Set<OfEntry<ProducerRecord<byte[], byte[]>>> records(
            Map<Future<RecordMetadata>, OfEntry<ProducerRecord<byte[], byte[]>>> sent,
            Producer<byte[], byte[]> producer) {
        var suspects = sent.entrySet().stream()
                .filter(one -> one.getKey().isDone() && isTooLarge(one.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return suspects.size() > 1 ? sentAlone(suspects, producer) : Set.copyOf(suspects);
    }

    /** In transactions that are all aborted. */
    private static Set<OfEntry<ProducerRecord<byte[], byte[]>>> sentAlone(
            List<OfEntry<ProducerRecord<byte[], byte[]>>> suspects, Producer<byte[], byte[]> producer) {
        var tooLarge = new HashSet<OfEntry<ProducerRecord<byte[], byte[]>>>();
        var isBegun = false;
        for (var suspect : suspects) {
            if (!isBegun) {
                producer.beginTransaction();
                isBegun = true;
            }
            if (isTooLarge(producer.send(suspect.what()))) {
                tooLarge.add(suspect);
                producer.abortTransaction();
                isBegun = false;
            }
        }
        if (isBegun) {
            producer.abortTransaction();
        }
        return tooLarge;
    }

    /** Names the record, and its size. The bound is a setting of the topic. */
    static void say(ProducerRecord<byte[], byte[]> record) {
        var key = record.key() == null ? "" : new String(record.key(), UTF_8);
        var bytes = record.value() == null ? 0 : record.value().length;
        LOG.warnf(
                "record=too_large topic=%s key=%s bytes=%d: what brings it is set aside, for the topic takes less than"
                        + " that: raise its max.message.bytes",
                record.topic(), key, bytes);
    }

    private static boolean isTooLarge(Future<RecordMetadata> record) {
        try {
            record.get();
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof RecordTooLargeException;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
