package io.freshet.api.produce;

import io.freshet.api.Problem;
import io.freshet.intake.DeadLetterPublisher;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Writes changes to their topic, for whoever can't write to Kafka. */
@ApplicationScoped
class SendChanges {

    private static final Logger LOG = Logger.getLogger(SendChanges.class);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    /** While Kafka is away, each of those who wait holds what they sent. */
    private static final long MOST_BYTES = 32L << 20;

    private static final Problem BUSY = Problem.of(
            503, "Kafka is slow or away, and others wait already: nothing was written. Send it again later.");
    private static final Problem LATE = Problem.of(
            503,
            "Kafka hasn't confirmed it within %d s, and may have it all the same. Send it again with the same source and id, and it is one change."
                    .formatted(DEADLINE.toSeconds()));
    private static final Problem FAILED =
            Problem.of(503, "Kafka didn't take all of it: see the log. Send it again with the same source and id.");
    private static final Problem TOO_LARGE = Problem.of(
            413, "The topic of changes takes no record of this size: send the change without what isn't needed.");

    private final Function<ProducerRecord<byte[], byte[]>, Uni<Void>> writing;
    private final Duration deadline;
    private final AtomicLong inFlight = new AtomicLong();

    @Inject
    SendChanges(
            // Unbounded, since what is in flight is bounded here.
            @Channel("to-upstream-data-changed") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<byte[], byte[]>> changes) {
        this(changes::send, DEADLINE);
    }

    SendChanges(Function<ProducerRecord<byte[], byte[]>, Uni<Void>> writing, Duration deadline) {
        this.writing = writing;
        this.deadline = deadline;
    }

    /** Ends when the broker has all of them, or fails with a problem. */
    Uni<Void> send(List<PostedChange> posted) {
        var bytes = posted.stream().mapToLong(one -> one.record().bytes()).sum();
        if (inFlight.addAndGet(bytes) > MOST_BYTES) {
            inFlight.addAndGet(-bytes);
            return Uni.createFrom().failure(() -> BUSY.exception());
        }
        var writes = posted.stream().map(one -> writing.apply(one.written())).toList();
        var written = writes.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(writes).andCollectFailures().replaceWithVoid();
        return written.onTermination()
                .invoke(() -> inFlight.addAndGet(-bytes))
                .memoize() // it goes on when nobody waits any more
                .indefinitely()
                .ifNoItem()
                .after(deadline)
                .fail()
                .onFailure()
                .transform(SendChanges::problem);
    }

    private static WebApplicationException problem(Throwable failure) {
        if (DeadLetterPublisher.isTooLarge(failure)) {
            return TOO_LARGE.exception();
        }
        LOG.warnf(
                "changes not sent cause=\"%s\"",
                Objects.requireNonNullElse(failure.getCause(), failure)); // the first of several
        return (failure instanceof TimeoutException ? LATE : FAILED).exception();
    }
}
