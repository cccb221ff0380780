package io.freshet.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Change;
import io.freshet.event.ChangeJson;
import io.freshet.event.ConfiguredAccounts;
import io.freshet.event.Decoded;
import io.freshet.event.InboundRecord;
import io.freshet.event.Presentations;
import io.freshet.event.Target;
import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import io.freshet.telemetry.Observers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a public record to the record that the owner of its workspace reads. */
class JudgeTest {

    private static final Instant AT = Instant.parse("2026-03-01T06:00:00.123Z");
    private static final Topics TOPICS =
            new SmallRyeConfigBuilder().withMapping(Topics.class).build().getConfigMapping(Topics.class);

    private static final Observers OBSERVERS =
            Observers.of(new SimpleMeterRegistry(), Presentations.WITH_NAMES, Clock.systemUTC());

    private final Judge judge = new Judge(
            ConfiguredAccounts.of("acme", "globex"),
            TOPICS,
            new WorkspacePartitions(3),
            1_000,
            IntakeWiring.lineage(
                    ConfiguredAccounts.of("acme", "globex"), TOPICS, new WorkspacePartitions(3), OBSERVERS));

    private static InboundRecord record(String topic, String json, Instant timestamp) {
        var headers = new RecordHeaders().add("traceparent", "no trace".getBytes(UTF_8));
        return new InboundRecord(topic, 3, 42, timestamp, "any key".getBytes(UTF_8), json.getBytes(UTF_8), headers);
    }

    private ProducerRecord<byte[], byte[]> inbox(InboundRecord record) {
        return judge.judge(record, AT).fold(written -> written.get(0), (code, reason) -> {
            throw new AssertionError(code + ": " + reason);
        });
    }

    private Change usable(InboundRecord record) throws IOException {
        return ChangeJson.read(inbox(record).value());
    }

    @Test
    void shouldWriteAChangeIntoThePartitionOfItsWorkspaceUnderItsIdentity() throws IOException {
        var written = inbox(record("upstream-data-changed", "{\"account\": \"acme\", \"space\": \"50ace\"}", AT));

        assertThat(written.topic()).isEqualTo("freshet-inbox");
        assertThat(written.partition()).isEqualTo(2);
        assertThat(new String(written.key(), UTF_8)).isEqualTo("acme/changes/15e90fa068c10a55");
        assertThat(written.timestamp()).as("the time of its own writing").isNull();
        assertThat(written.headers()).isEmpty();
        assertThat(ChangeJson.read(written.value()).target()).isEqualTo(new Target.Space("50ace"));
    }

    @Test
    void shouldWriteEveryChangeOfAnotherWorkspaceIntoAnotherPartition() {
        var written = inbox(record("upstream-data-changed", "{\"account\": \"globex\", \"space\": \"50ace\"}", AT));

        assertThat(written.partition()).isEqualTo(1);
    }

    @Test
    void shouldJudgeARecordByItsTopic() throws IOException {
        var refresh = "{\"account\": \"acme\", \"report_token\": \"r1\"}";

        var byHand = usable(record("refresh-requested", refresh, AT));
        var astray = judge.judge(record("upstream-data-changed", refresh, AT), AT);

        assertThat(byHand.target()).isEqualTo(new Target.Report("r1", Collections.emptySortedSet()));
        assertThat(astray).isInstanceOfSatisfying(Decoded.Unusable.class, unusable -> assertThat(unusable.code())
                .isEqualTo("not_a_change"));
    }

    @Test
    void shouldSayWhereAnEventOfOpenLineageBelongs() {
        var event =
                "{\"eventTime\": \"2026-03-01T06:00:00Z\", \"run\": {\"runId\": \"r\"}, \"job\": {\"name\": \"j\"}, \"outputs\": []}";

        assertThat(judge.judge(record("upstream-data-changed", event, AT), AT))
                .isInstanceOfSatisfying(Decoded.Unusable.class, unusable -> {
                    assertThat(unusable.code()).isEqualTo("not_a_change");
                    assertThat(unusable.reason()).contains("freshet.topics.openlineage");
                });
    }

    @Test
    void shouldRefuseARecordThatIsTooLargeWithoutLookingAtIt() {
        var large = record("upstream-data-changed", "no JSON" + "x".repeat(1_000), AT);
        var largeByItsHeaders = record("upstream-data-changed", "{\"account\": \"acme\", \"space\": \"50ace\"}", AT);
        largeByItsHeaders.headers().add("theirs", new byte[1_000]);

        for (var record : List.of(large, largeByItsHeaders)) {
            assertThat(judge.judge(record, AT)).isInstanceOfSatisfying(Decoded.Unusable.class, unusable -> {
                assertThat(unusable.code()).isEqualTo("too_large");
                assertThat(unusable.reason())
                        .startsWith("It has " + record.bytes() + " bytes")
                        .contains("more than 1000")
                        .contains("freshet.intake.max-record-bytes");
            });
        }
    }

    @Test
    void shouldReadARecordThatIsAsLargeAsItMayBe() throws IOException {
        var small = record("upstream-data-changed", "{\"account\": \"acme\", \"space\": \"50ace\"}", AT);
        small.headers().add("more", new byte[1_000 - small.bytes() - 4]);

        assertThat(small.bytes()).isEqualTo(1_000);
        assertThat(usable(small).target()).isEqualTo(new Target.Space("50ace"));
    }

    /** What can't be written can't be tried again until it can: it would hold up its partition for ever. */
    @ParameterizedTest
    @CsvSource({
        "\\ud83d, ?",
        "\\ude00\\ud83d, ??",
        "x\\u0000\\u202ey, x??y",
        "\ud83d\ude00\\ud83d\\ude00, \ud83d\ude00\ud83d\ude00"
    })
    void shouldWriteWhateverTheReasonSays(String reason, String written) throws IOException {
        var json = "{\"account\": \"acme\", \"space\": \"50ace\", \"reason\": \"%s\"}".formatted(reason);

        var change = usable(record("upstream-data-changed", json, AT));

        assertThat(change.ref().reason()).isEqualTo(written);
    }

    @Test
    void shouldBoundTimesByTheTimeOfArrival() throws IOException {
        var far = record(
                "upstream-data-changed", "{\"account\": \"acme\", \"space\": \"50ace\"}", AT.plusSeconds(100_000));

        assertThat(usable(far).ref().changedAt()).isEqualTo(AT);
    }
}
