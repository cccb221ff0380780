package io.freshet.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ConfiguredAccounts;
import io.freshet.event.InboundRecord;
import io.freshet.event.Presentations;
import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import io.freshet.telemetry.Observers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A dead letter is buried at the first attempt that fits its topic, so that none holds up what comes after. */
class DeadLetterPublisherTest {

    private static final Topics TOPICS =
            new SmallRyeConfigBuilder().withMapping(Topics.class).build().getConfigMapping(Topics.class);
    private static final int FITS = 1 << 20;

    private final List<ProducerRecord<byte[], byte[]>> buried = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private RuntimeException refusal = new RecordTooLargeException("too large");

    private final IntakeWiring intake = new IntakeWiring(
            ConfiguredAccounts.of("acme"),
            TOPICS,
            new WorkspacePartitions(3),
            Observers.of(new SimpleMeterRegistry(), Presentations.WITH_NAMES, Clock.systemUTC()),
            Clock.systemUTC(),
            timer,
            this::send);

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    private Uni<Void> send(ProducerRecord<byte[], byte[]> record) {
        if (size(record) > FITS) {
            return Uni.createFrom().failure(new IllegalStateException("not sent", refusal));
        }
        buried.add(record);
        return Uni.createFrom().voidItem();
    }

    private static int size(ProducerRecord<byte[], byte[]> record) {
        var size = record.value() == null ? 0 : record.value().length;
        size += record.key() == null ? 0 : record.key().length;
        for (var header : record.headers()) {
            size += header.key().length() + header.value().length;
        }
        return size;
    }

    private ProducerRecord<byte[], byte[]> bury(byte[] key, byte[] value, byte[] header) {
        var headers = new RecordHeaders().add("theirs", header);
        var record = new InboundRecord(TOPICS.upstreamDataChanged(), 1, 7, Instant.EPOCH, key, value, headers);

        intake.deadLetters()
                .publish(record, "not_json", "It is no JSON.")
                .subscribe()
                .with(done -> {});

        assertThat(buried).hasSize(1);
        var letter = buried.get(0);
        assertThat(new String(letter.headers().lastHeader("dead-letter-code").value(), UTF_8))
                .isEqualTo("not_json");
        assertThat(new String(letter.headers().lastHeader("dead-letter-offset").value(), UTF_8))
                .isEqualTo("7");
        return letter;
    }

    @Test
    void shouldKeepWhatFits() {
        var letter = bury(new byte[3], new byte[FITS - 1_000], new byte[3]);

        assertThat(letter.value()).hasSize(FITS - 1_000);
    }

    @Test
    void shouldLeaveAValueBehindThatDoesNotFit() {
        var letter = bury(new byte[3], new byte[FITS], new byte[3]);

        assertThat(letter.value()).isNull();
        assertThat(letter.headers().lastHeader("theirs")).isNotNull();
    }

    /** Case 15 of those from the field: headers that alone are larger than the topic takes. */
    @Test
    void shouldLeaveHeadersBehindThatDoNotFit() {
        var letter = bury(new byte[3], new byte[] {'{'}, new byte[FITS + 200_000]);

        assertThat(letter.value()).isNull();
        assertThat(letter.headers().lastHeader("theirs")).isNull();
    }

    @Test
    void shouldLeaveAKeyBehindThatDoesNotFit() {
        var letter = bury(new byte[FITS], new byte[] {'{'}, new byte[3]);

        assertThat(letter.key()).isNull();
    }

    @Test
    void shouldBuryLessIfASegmentOfTheTopicIsTooSmall() {
        refusal = new RecordBatchTooLargeException("larger than a segment");

        var letter = bury(new byte[3], new byte[FITS], new byte[3]);

        assertThat(letter.value()).isNull();
    }
}
