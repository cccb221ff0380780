package io.freshet;

import io.freshet.event.DeadLetter;
import io.freshet.event.EventWriter;
import io.freshet.event.InboundRecord;
import io.freshet.event.Refresh;
import io.freshet.event.Topics;
import io.freshet.telemetry.Telemetry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** What the first flow writes. Each call ends when the broker has it. */
@ApplicationScoped
class EventPublisher {

    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> refreshes;
    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> deadLetters;
    private final Topics topics;
    private final Telemetry telemetry;
    private final EventWriter events = new EventWriter();

    EventPublisher(
            // Unbounded, since the changes in hand are bounded already.
            @Channel("refreshes") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<byte[], byte[]>> refreshes,
            @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<byte[], byte[]>> deadLetters,
            Topics topics,
            Telemetry telemetry) {
        this.refreshes = refreshes;
        this.deadLetters = deadLetters;
        this.topics = topics;
        this.telemetry = telemetry;
    }

    Uni<Void> send(List<Refresh> planned) {
        if (planned.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var sent = planned.stream()
                .map(refresh -> refreshes.send(events.write(topics.refreshRequested(), refresh)))
                .toList();
        return Uni.join().all(sent).andCollectFailures().replaceWithVoid();
    }

    /** Where the broker finds the record too large with its reason, all but the value is kept. */
    Uni<Void> deadLetter(InboundRecord arrival, String code, String reason) {
        var topic = topics.upstreamDataChangedDlq();
        return deadLetters
                .send(DeadLetter.of(topic, arrival, code, reason))
                .onFailure(EventPublisher::isTooLarge)
                .recoverWithUni(() -> deadLetters.send(DeadLetter.withoutValue(topic, arrival, code, reason)))
                .invoke(() -> telemetry.deadLetter(arrival, code, reason));
    }

    private static boolean isTooLarge(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || (failure.getCause() != null && isTooLarge(failure.getCause()));
    }
}
