package io.freshet.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Change;
import io.freshet.event.ChangeJson;
import io.freshet.event.ChangeKey;
import io.freshet.event.ConfiguredAccounts;
import io.freshet.event.Damage;
import io.freshet.event.DeadLetter;
import io.freshet.event.FieldCases;
import io.freshet.event.InboundRecord;
import io.freshet.event.Presentations;
import io.freshet.event.StoredDeadLetter;
import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import io.freshet.telemetry.Observers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records from the field, damaged at random: each becomes a change that can be stored, or a dead letter that says why. */
@Execution(ExecutionMode.CONCURRENT)
class JudgeFuzzTest {

    private static final int ROUNDS = 10_000;
    private static final Instant NOW = Instant.parse("2026-03-01T06:00:05Z");
    private static final Topics TOPICS =
            new SmallRyeConfigBuilder().withMapping(Topics.class).build().getConfigMapping(Topics.class);

    private static final Observers OBSERVERS =
            Observers.of(new SimpleMeterRegistry(), Presentations.WITH_NAMES, Clock.systemUTC());

    private final Judge judge = new Judge(
            ConfiguredAccounts.of("acme"),
            TOPICS,
            new WorkspacePartitions(3),
            4_000,
            IntakeWiring.lineage(ConfiguredAccounts.of("acme"), TOPICS, new WorkspacePartitions(3), OBSERVERS));

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldMakeAChangeOrADeadLetterOfWhateverComes(long seed) {
        var random = new Random(seed);
        var cases = FieldCases.records();
        var taken = 0;
        for (var round = 0; round < ROUNDS; round++) {
            var record = Damage.to(cases.get(random.nextInt(cases.size())), random);
            try {
                taken += judge.judge(record, NOW)
                        .fold(
                                written -> assertStorable(written.get(0)),
                                (code, reason) -> assertTelling(record, code, reason));
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                throw new AssertionError("seed %d, round %d: %s".formatted(seed, round, Damage.print(record)), e);
            }
        }
        assertThat(taken).as("good ones and bad ones").isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
    }

    private static int assertStorable(ProducerRecord<byte[], byte[]> inbox) {
        var change = read(inbox);
        var ref = change.ref();
        assertThat(ref.source().getBytes(UTF_8).length).isBetween(1, 512);
        assertThat(ref.id().getBytes(UTF_8).length).isBetween(1, 512);
        assertThat(ref.changedAt()).isBetween(Instant.parse("2000-01-01T00:00:00Z"), NOW.plus(Duration.ofDays(1)));
        assertThat(ref.reason() == null ? "" : ref.reason()).hasSizeLessThanOrEqualTo(1_000);
        assertThat(new String(inbox.key(), UTF_8))
                .isEqualTo(ChangeKey.of(change).key());
        return 1;
    }

    private static Change read(ProducerRecord<byte[], byte[]> inbox) {
        try {
            return ChangeJson.read(inbox.value());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int assertTelling(InboundRecord record, String code, String reason) {
        assertThat(code).isIn("not_json", "not_a_change", "bad_token", "bad_tables", "unknown_account", "too_large");
        assertThat(reason).endsWith(".").hasSizeBetween(20, 500).matches("[\\P{C}]*");
        var letter = DeadLetter.of("dlq", record, code, reason);
        var stored = StoredDeadLetter.of(
                new InboundRecord("dlq", 0, 0, record.timestamp(), letter.key(), letter.value(), letter.headers()));
        assertThat(stored.reason()).isEqualTo(reason);
        assertThat(stored.again().value()).isEqualTo(record.value());
        return 0;
    }
}
