package io.freshet.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Accounts;
import io.freshet.event.Presentations;
import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import io.freshet.telemetry.Observers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each record ends in the inbox or in a dead letter, and is acknowledged then; no record holds up the next one. */
class IntakeTest {

    private static final Topics TOPICS =
            new SmallRyeConfigBuilder().withMapping(Topics.class).build().getConfigMapping(Topics.class);
    private static final String GOOD = "{\"account\": \"acme\", \"space\": \"50ace\"}";

    private final List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();
    private final List<Long> acknowledged = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final IntakeWiring intake = new IntakeWiring(
            new FaultyAccounts(),
            TOPICS,
            new WorkspacePartitions(3),
            Observers.of(new SimpleMeterRegistry(), Presentations.WITH_NAMES, Clock.systemUTC()),
            Clock.systemUTC(),
            timer,
            record -> {
                written.add(record);
                return Uni.createFrom().voidItem();
            });

    /** With a fault that one record meets. */
    private static final class FaultyAccounts implements Accounts {
        @Override
        public boolean knows(String account) {
            if (account.equals("fault")) {
                throw new IllegalStateException("a fault that nobody thought of");
            }
            return account.equals("acme");
        }

        @Override
        public List<String> all() {
            return List.of("acme", "globex");
        }

        @Override
        public Optional<String> only() {
            return Optional.empty();
        }
    }

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    private void take(long offset, String value) {
        var record = new ConsumerRecord<byte[], byte[]>(
                TOPICS.upstreamDataChanged(), 0, offset, null, value.getBytes(UTF_8));
        intake.take(record, () -> {
                    acknowledged.add(offset);
                    return CompletableFuture.completedFuture(null);
                })
                .subscribe()
                .with(hasRoom -> {});
    }

    private String code(int letter) {
        return new String(
                written.get(letter).headers().lastHeader("dead-letter-code").value(), UTF_8);
    }

    @Test
    void shouldPassOverARecordThatMeetsAFault() {
        take(0, GOOD.replace("acme", "fault"));
        take(1, GOOD);

        assertThat(written)
                .extracting(ProducerRecord::topic)
                .containsExactly("upstream-data-changed-dlq", "freshet-inbox");
        assertThat(code(0)).isEqualTo("unreadable");
        assertThat(new String(written.get(0).value(), UTF_8)).contains("fault");
        assertThat(acknowledged).containsExactly(0L, 1L);
    }

    @Test
    void shouldPassOverARecordThatIsTooLargeAndKeepIt() {
        take(0, "x".repeat(IntakeWiring.MOST_BYTES + 1));
        take(1, GOOD);

        assertThat(written)
                .extracting(ProducerRecord::topic)
                .containsExactly("upstream-data-changed-dlq", "freshet-inbox");
        assertThat(code(0)).isEqualTo("too_large");
        assertThat(written.get(0).value()).hasSize(IntakeWiring.MOST_BYTES + 1);
        assertThat(acknowledged).containsExactly(0L, 1L);
    }
}
