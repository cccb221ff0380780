package io.freshet.intake;

import io.freshet.event.DeadLetter;
import io.freshet.event.InboundRecord;
import io.freshet.event.RecordPlace;
import io.freshet.event.Topics;
import io.freshet.telemetry.Telemetry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Writes dead letters. Each call ends when the broker has the letter. */
@ApplicationScoped
public class DeadLetterPublisher {

    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> deadLetters;
    private final Topics topics;
    private final Telemetry telemetry;

    DeadLetterPublisher(
            @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<byte[], byte[]>> deadLetters,
            Topics topics,
            Telemetry telemetry) {
        this.deadLetters = deadLetters;
        this.topics = topics;
        this.telemetry = telemetry;
    }

    /** If the broker finds the record too large with its reason, less of it is kept: first no value, then no headers. */
    public Uni<Void> publish(InboundRecord record, String code, String reason) {
        var topic = topics.upstreamDataChangedDlq();
        return deadLetters
                .send(DeadLetter.of(topic, record, code, reason))
                .onFailure(DeadLetterPublisher::isTooLarge)
                .recoverWithUni(() -> deadLetters.send(DeadLetter.withoutValue(topic, record, code, reason)))
                .onFailure(DeadLetterPublisher::isTooLarge)
                .recoverWithUni(() -> deadLetters.send(DeadLetter.placeOnly(topic, record.place(), code, reason)))
                .invoke(() -> telemetry.deadLetter(record.place(), code, reason));
    }

    /** For a record that is gone from its topic. */
    public Uni<Void> publishGone(RecordPlace place, String code, String reason) {
        var more = reason + " The record itself is gone from its topic.";
        return deadLetters
                .send(DeadLetter.placeOnly(topics.upstreamDataChangedDlq(), place, code, more))
                .invoke(() -> telemetry.deadLetter(place, code, reason));
    }

    /** Whether the broker, or its client, takes no record of that size. */
    public static boolean isTooLarge(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException // than a segment of the topic
                || (failure.getCause() != null && isTooLarge(failure.getCause()));
    }
}
