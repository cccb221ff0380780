package io.freshet.intake;

import io.freshet.event.Accounts;
import io.freshet.event.Decoded;
import io.freshet.event.InboundRecord;
import io.freshet.event.RunHint;
import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import io.freshet.telemetry.FlowGauges;
import io.freshet.telemetry.Telemetry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * Any replica, any record of the public topics: judged, written to the inbox or the dead letters, and acknowledged when the
 * broker has that. Nothing is kept here, and no record holds up another: the owner of the workspace drops what comes twice.
 */
@ApplicationScoped
public class Intake {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int MOST_RECORDS = 1_000;
    private static final long MOST_BYTES = 16L << 20;
    private static final String TOO_LARGE =
            "It is larger than Freshet's inbox topic takes: raise that topic's max.message.bytes, and the state topic's.";

    private static final String UNREADABLE =
            "Freshet failed to read it, which is a fault of Freshet's: report it with this record, and send the change again.";

    private final Topics topics;
    private final WorkspacePartitions partitions;
    private final Judge judge;
    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> inbox;
    private final DeadLetterPublisher deadLetters;
    private final Telemetry telemetry;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final InFlight inFlight = new InFlight(MOST_RECORDS, MOST_BYTES);

    Intake(
            Accounts accounts,
            Topics topics,
            WorkspacePartitions partitions,
            IntakeConfig config,
            LineageJudge lineage,
            // Unbounded, since what is in flight is bounded already.
            @Channel("to-inbox") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<byte[], byte[]>> inbox,
            DeadLetterPublisher deadLetters,
            Telemetry telemetry,
            FlowGauges gauges,
            Clock clock,
            @Identifier("timer") ScheduledExecutorService timer) {
        this.topics = topics;
        this.partitions = partitions;
        this.judge = new Judge(accounts, topics, partitions, config.maxRecordBytes(), lineage);
        this.inbox = inbox;
        this.deadLetters = deadLetters;
        this.telemetry = telemetry;
        this.clock = clock;
        this.timer = timer;
        gauges.watchIntake(inFlight::count);
    }

    /** @throws ConfigurationException if a setting makes no sense */
    public static void check(IntakeConfig config) {
        if (config.maxRecordBytes() < 1) {
            throw new ConfigurationException(
                    "freshet.intake.max-record-bytes is " + config.maxRecordBytes() + ": it must be at least 1");
        }
    }

    /** And events of OpenLineage. Ends when there is room for the next record, which may be before this one is acknowledged. */
    @Incoming("upstream-data-changed")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    Uni<Void> takeChange(Message<byte[]> message) {
        return take(message);
    }

    /** The same for refreshes that people and tools ask for. */
    @Incoming("refresh-requested")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    Uni<Void> takeRefresh(Message<byte[]> message) {
        return take(message);
    }

    /** Ends when the broker has it. It is tried once: a hint that is lost only costs time. */
    public Uni<Void> forward(RunHint hint) {
        return inbox.send(hint.record(topics, partitions));
    }

    private Uni<Void> take(Message<byte[]> message) {
        var record = InboundRecord.of(record(message));
        var size = record.bytes();
        var hasRoom = inFlight.add(size);
        // Nobody but the record waits for this, so this is where it is subscribed to.
        handle(record)
                .chain(() -> Uni.createFrom().completionStage(message.ack()))
                .onTermination()
                .invoke(() -> inFlight.done(size))
                .subscribe()
                .with(done -> {}, failure -> telemetry.waits(record, failure));
        return hasRoom;
    }

    private Uni<Void> handle(InboundRecord record) {
        return judged(record)
                .fold(change -> forward(record, change), (code, reason) -> deadLetter(record, code, reason));
    }

    /** What a fault of ours makes of a record holds up no other: the channel would end with it, or the partition wait. */
    private Decoded<List<ProducerRecord<byte[], byte[]>>> judged(InboundRecord record) {
        try {
            return judge.judge(record, clock.instant());
        } catch (RuntimeException | StackOverflowError e) {
            telemetry.unreadable(record, e);
            return new Decoded.Unusable<>("unreadable", UNREADABLE);
        }
    }

    private Uni<Void> forward(InboundRecord record, List<ProducerRecord<byte[], byte[]>> judged) {
        return persistently(record, () -> send(judged)
                .onFailure(DeadLetterPublisher::isTooLarge)
                .recoverWithUni(() -> deadLetters.publish(record, "too_large", TOO_LARGE)));
    }

    /** Those that the broker had already may come twice, if another one has to be sent again. */
    private Uni<Void> send(List<ProducerRecord<byte[], byte[]>> judged) {
        return judged.size() == 1
                ? inbox.send(judged.get(0))
                : Multi.createFrom()
                        .iterable(judged)
                        .onItem()
                        .transformToUniAndConcatenate(inbox::send)
                        .collect()
                        .last()
                        .replaceWithVoid();
    }

    private Uni<Void> deadLetter(InboundRecord record, String code, String reason) {
        return persistently(record, () -> deadLetters.publish(record, code, reason))
                .invoke(telemetry::unusable);
    }

    /** Until it succeeds: what can't be written now makes the record wait, visibly. */
    private Uni<Void> persistently(InboundRecord record, Supplier<Uni<? extends Void>> work) {
        return Uni.createFrom()
                .deferred(work)
                .onFailure()
                .invoke(failure -> telemetry.waits(record, failure))
                .onFailure()
                .retry()
                .withExecutor(timer)
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .withJitter(0)
                .indefinitely();
    }

    @SuppressWarnings("unchecked")
    private static ConsumerRecord<byte[], byte[]> record(Message<byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow()
                .getRecord();
    }
}
