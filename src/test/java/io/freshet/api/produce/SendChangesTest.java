package io.freshet.api.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.event.Change;
import io.freshet.event.ChangeRef;
import io.freshet.event.InboundRecord;
import io.freshet.event.Target;
import io.freshet.event.Traces;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What a sender is told when Kafka doesn't take what it should. */
class SendChangesTest {

    private static final Instant AT = Instant.parse("2026-03-01T06:00:00Z");
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(1);

    private static SendChanges to(Function<ProducerRecord<byte[], byte[]>, Uni<Void>> kafka, Duration deadline) {
        return new SendChanges(kafka, deadline);
    }

    private static List<PostedChange> changes(int count, int bytes) {
        var record = new InboundRecord("t", 0, 0, AT, null, new byte[bytes], new RecordHeaders());
        var change = new Change(
                "acme",
                new Target.Space("5a"),
                Collections.emptySortedSet(),
                new ChangeRef("/etl", "load-1", AT, null),
                Traces.none(),
                record.place());
        return Collections.nCopies(count, new PostedChange(change, record));
    }

    private static String refusal(Uni<Void> sending) {
        var problem = catchThrowableOfType(
                        WebApplicationException.class, () -> sending.await().indefinitely())
                .getResponse();
        return problem.getStatus() + " " + problem.getHeaderString("Retry-After");
    }

    @Test
    void shouldEndWhenKafkaHasAllOfThem() {
        var acknowledged = new ArrayList<CompletableFuture<Void>>();
        var send = to(
                record -> Uni.createFrom().completionStage(() -> {
                    var one = new CompletableFuture<Void>();
                    acknowledged.add(one);
                    return one;
                }),
                LONG);

        var sent = send.send(changes(3, 10)).subscribeAsCompletionStage();

        assertThat(acknowledged).hasSize(3);
        acknowledged.subList(0, 2).forEach(one -> one.complete(null));
        assertThat(sent).isNotDone();
        acknowledged.get(2).complete(null);
        assertThat(sent).isCompleted();
    }

    @Test
    void shouldAskForAnotherTryWhereKafkaDoesNotConfirmOrFails() {
        var silent = to(record -> Uni.createFrom().nothing(), SHORT);
        var failing = to(record -> Uni.createFrom().failure(new IllegalStateException("no leader")), LONG);

        assertThat(refusal(silent.send(changes(2, 10)))).isEqualTo("503 5");
        assertThat(refusal(failing.send(changes(2, 10)))).isEqualTo("503 5");
    }

    @Test
    void shouldAskForNoOtherTryOfWhatIsTooLarge() {
        var full = to(record -> Uni.createFrom().failure(new RecordTooLargeException("no room")), LONG);

        assertThat(refusal(full.send(changes(2, 10)))).isEqualTo("413 null");
    }

    @Test
    void shouldTakeNoMoreThanHasRoomWhileKafkaIsAwayAndGoOnAfterIt() {
        var kafka = new ArrayList<CompletableFuture<Void>>();
        var send = to(
                record -> Uni.createFrom().completionStage(() -> {
                    var one = new CompletableFuture<Void>();
                    kafka.add(one);
                    return one;
                }),
                SHORT);

        for (var n = 0; n < 32; n++) {
            assertThat(refusal(send.send(changes(1, 1 << 20)))).isEqualTo("503 5");
        }
        assertThat(refusal(send.send(changes(1, 1 << 20)))).isEqualTo("503 5");
        assertThat(kafka).as("the last one never came to Kafka").hasSize(32);

        kafka.forEach(one -> one.complete(null));
        assertThat(refusal(send.send(changes(1, 1 << 20)))).isEqualTo("503 5");
        assertThat(kafka).hasSize(33);
    }

    @Test
    void shouldSendNothingWhereThereIsNothing() {
        var send = to(record -> Uni.createFrom().nothing(), SHORT);

        assertThat(send.send(List.of()).await().indefinitely()).isNull();
    }
}
