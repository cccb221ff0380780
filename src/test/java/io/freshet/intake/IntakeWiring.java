package io.freshet.intake;

import io.freshet.event.Accounts;
import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import io.freshet.telemetry.Observers;
import io.freshet.workspace.LineageSettingsOf;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** The intake with a sender of the simulation's. */
public final class IntakeWiring {

    static final int MOST_BYTES = 1 << 20;

    private final Topics topics;
    private final DeadLetterPublisher deadLetters;
    private final Intake intake;

    public IntakeWiring(
            Accounts accounts,
            Topics topics,
            WorkspacePartitions partitions,
            Observers observers,
            Clock clock,
            ScheduledExecutorService timer,
            Function<ProducerRecord<byte[], byte[]>, Uni<Void>> sender) {
        this.topics = topics;
        this.deadLetters = new DeadLetterPublisher(new Emitter(sender), topics, observers.telemetry());
        this.intake = new Intake(
                accounts,
                topics,
                partitions,
                () -> MOST_BYTES,
                lineage(accounts, topics, partitions, observers),
                new Emitter(sender),
                deadLetters,
                observers.telemetry(),
                observers.gauges(),
                clock,
                timer);
    }

    /** Without mappings. */
    static LineageJudge lineage(Accounts accounts, Topics topics, WorkspacePartitions partitions, Observers observers) {
        return new LineageJudge(
                accounts, LineageSettingsOf.settings(Map.of(), accounts), topics, partitions, observers.telemetry());
    }

    public DeadLetterPublisher deadLetters() {
        return deadLetters;
    }

    /** Ends when there is room for the next one. */
    public Uni<Void> take(ConsumerRecord<byte[], byte[]> record, Supplier<CompletionStage<Void>> ack) {
        var message = Message.of(
                record.value() == null ? new byte[0] : record.value(),
                Metadata.of(new IncomingKafkaRecordMetadata<>(record, record.topic())),
                ack);
        return record.topic().equals(topics.refreshRequested())
                ? intake.takeRefresh(message)
                : intake.takeChange(message);
    }

    private record Emitter(Function<ProducerRecord<byte[], byte[]>, Uni<Void>> sender)
            implements MutinyEmitter<ProducerRecord<byte[], byte[]>> {

        @Override
        public Uni<Void> send(ProducerRecord<byte[], byte[]> record) {
            return Uni.createFrom().deferred(() -> sender.apply(record));
        }

        @Override
        public void sendAndAwait(ProducerRecord<byte[], byte[]> record) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Cancellable sendAndForget(ProducerRecord<byte[], byte[]> record) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        public <M extends Message<? extends ProducerRecord<byte[], byte[]>>> void send(M message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <M extends Message<? extends ProducerRecord<byte[], byte[]>>> Uni<Void> sendMessage(M message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <M extends Message<? extends ProducerRecord<byte[], byte[]>>> void sendMessageAndAwait(M message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <M extends Message<? extends ProducerRecord<byte[], byte[]>>> Cancellable sendMessageAndForget(
                M message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void complete() {}

        @Override
        public void error(Exception failure) {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean hasRequests() {
            return true;
        }
    }
}
