package io.freshet.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Whether a producer of transactions is let in, with an id like a replica's. It begins no transaction. */
record TransactionCheck(DoctorSettings settings) {

    private static final String CHECK = "transactions";

    CheckResult result() {
        var prefix = settings.ledger().transactionalIdPrefix();
        try {
            begin(prefix + "doctor");
            return CheckResult.ok(CHECK, "allowed for ids that begin with " + prefix);
        } catch (TransactionalIdAuthorizationException e) {
            return CheckResult.fail(
                    CHECK,
                    "this user may have no transactional id that begins with " + prefix,
                    "allow Write on the transactional id %s as a prefix: docs/install.md has the command"
                            .formatted(prefix));
        } catch (TimeoutException e) {
            return CheckResult.fail(
                    CHECK,
                    "no answer within %d s".formatted(KafkaChecks.PATIENCE.toSeconds()),
                    "see that the brokers can have the topic __transaction_state: enough of them for its copies");
        } catch (KafkaException e) {
            return CheckResult.fail(
                    CHECK,
                    "refused: " + KafkaChecks.text(e),
                    "see freshet.ledger.*, and that the brokers have transactions");
        }
    }

    private void begin(String id) {
        var producer = new KafkaProducer<>(clientSettings(id), new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } finally {
            producer.close(Duration.ZERO);
        }
    }

    private Map<String, Object> clientSettings(String id) {
        var all = new HashMap<>(settings.kafka());
        all.put(ProducerConfig.CLIENT_ID_CONFIG, "freshet-doctor");
        all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        all.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Math.toIntExact(settings.ledger().transactionTimeout().toMillis()));
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, KafkaChecks.PATIENCE.toMillis());
        return all;
    }
}
