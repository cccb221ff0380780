package io.freshet.ledger;

import io.freshet.ledger.TransactionLog.CommitResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;

/** How long the memory takes to write and to read back, and how the client is that writes it. */
final class LedgerMetrics {

    private final MeterRegistry metrics;

    LedgerMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    CommitResult transaction(Supplier<CommitResult> writing) {
        var began = Timer.start(metrics);
        var written = writing.get();
        began.stop(Timer.builder("freshet.ledger.transaction")
                .description("transactions that save and tell")
                .tag("outcome", written.word())
                .register(metrics));
        return written;
    }

    <T> T restore(Supplier<T> reading) {
        var began = Timer.start(metrics);
        var read = reading.get();
        began.stop(Timer.builder("freshet.ledger.restore")
                .description("from the assignment of partitions to all their states")
                .register(metrics));
        return read;
    }

    Counter lineageLeftOut(LineageRecords.Reason reason) {
        return Counter.builder("freshet.lineage.left.out")
                .description("OpenLineage events that could not be written")
                .tag("reason", reason.word())
                .register(metrics);
    }

    /** As of the clients that the channels have; to be closed with the producer. */
    KafkaClientMetrics watch(Producer<?, ?> producer) {
        var watching = new KafkaClientMetrics(producer);
        watching.bindTo(metrics);
        return watching;
    }
}
