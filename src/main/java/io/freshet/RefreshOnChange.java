package io.freshet;

import io.freshet.event.EventReader;
import io.freshet.event.InboundRecord;
import io.freshet.event.Traces;
import io.freshet.plan.Batch;
import io.freshet.telemetry.FlowGauges;
import io.freshet.telemetry.Telemetry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * The first flow: a change comes in, waits briefly for groupKey, becomes one refresh per report that it affects, and is
 * acknowledged when those are written. Nothing is kept here: a change that is read again is planned again, and the
 * second flow knows a request that comes twice.
 */
@ApplicationScoped
class RefreshOnChange {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final EventReader reader = new EventReader();
    private final KnownAccounts accounts;
    private final PlanRefreshes planRefreshes;
    private final EventPublisher outbox;
    private final Telemetry telemetry;
    private final InFlightChanges<PendingRecord> inHand;

    RefreshOnChange(
            KnownAccounts accounts,
            PlanRefreshes planRefreshes,
            EventPublisher outbox,
            Telemetry telemetry,
            FlowGauges flows,
            CoalesceConfig coalesce,
            Clock clock) {
        this.accounts = accounts;
        this.planRefreshes = planRefreshes;
        this.outbox = outbox;
        this.telemetry = telemetry;
        this.inHand = new InFlightChanges<>(coalesce, clock, this::begin);
        flows.watchChanges(inHand::count);
    }

    /** Ends when there is room for the next change, which may be long before this one is acknowledged. */
    @Incoming("upstream-data-changed")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    Uni<Void> gather(Message<byte[]> message) {
        var origin = new PendingRecord(InboundRecord.of(record(message)), Traces.none(), message);
        return reader.readChange(origin.arrival(), accounts)
                .fold(
                        change -> inHand.add(change, origin.in(change.traces())),
                        (code, reason) -> deadLetter(origin, code, reason));
    }

    private Uni<Void> deadLetter(PendingRecord origin, String code, String reason) {
        return persistently(
                        outbox.deadLetter(origin.arrival(), code, reason),
                        failure -> telemetry.waits(origin.arrival(), failure))
                .invoke(telemetry::unusable)
                .chain(() -> acknowledge(List.of(origin)));
    }

    /** Nobody but its changes waits for a batch, so this is where it is subscribed to. */
    private void begin(Batch<PendingRecord> batch) {
        persistently(planRefreshes.of(batch), failure -> telemetry.waits(batch, failure))
                .chain(() -> acknowledge(batch.origins()))
                .onTermination()
                .invoke(() -> inHand.answered(batch.origins().size()))
                .subscribe()
                .with(done -> {}, failure -> telemetry.waits(batch, failure));
    }

    /** Until it succeeds: what can't be done now makes the change wait, visibly. */
    private static Uni<Void> persistently(Uni<Void> work, Consumer<Throwable> say) {
        return work.onFailure()
                .invoke(say)
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .withJitter(0.5)
                .indefinitely();
    }

    private static Uni<Void> acknowledge(List<PendingRecord> origins) {
        var acknowledged = origins.stream()
                .map(origin ->
                        Uni.createFrom().completionStage(() -> origin.message().ack()))
                .toList();
        return Uni.join().all(acknowledged).andCollectFailures().replaceWithVoid();
    }

    @SuppressWarnings("unchecked")
    private static ConsumerRecord<byte[], byte[]> record(Message<byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow()
                .getRecord();
    }
}
