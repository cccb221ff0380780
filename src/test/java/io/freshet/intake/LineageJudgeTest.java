package io.freshet.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ConfiguredAccounts;
import io.freshet.event.Decoded;
import io.freshet.event.InboundRecord;
import io.freshet.event.Presentations;
import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.RunUpdateJson;
import io.freshet.telemetry.Observers;
import io.freshet.workspace.LineageSettingsOf;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** From an event of OpenLineage to the inbox of each workspace that it may concern. */
class LineageJudgeTest {

    private static final Instant AT = Instant.parse("2026-03-01T06:00:00.123Z");
    private static final WorkspacePartitions PARTITIONS = new WorkspacePartitions(3);
    private static final ConfiguredAccounts ACCOUNTS = ConfiguredAccounts.of("acme", "globex");
    private static final Topics TOPICS = new SmallRyeConfigBuilder()
            .withMapping(Topics.class)
            .withSources(new PropertiesConfigSource(Map.of("freshet.topics.openlineage", "lineage-in"), "test", 100))
            .build()
            .getConfigMapping(Topics.class);
    private static final String MAPPING = "freshet.openlineage.mappings[%d].";

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Judge judge = judge(Map.of(
            MAPPING.formatted(0) + "namespace", "s3://*",
            MAPPING.formatted(0) + "ignore", "true",
            MAPPING.formatted(1) + "namespace", "dagster",
            MAPPING.formatted(1) + "account", "globex",
            MAPPING.formatted(1) + "data-source", "5a1d"));

    private Judge judge(Map<String, String> settings) {
        var telemetry = Observers.of(metrics, Presentations.WITH_NAMES, Clock.systemUTC())
                .telemetry();
        var lineage = new LineageJudge(
                ACCOUNTS, LineageSettingsOf.settings(settings, ACCOUNTS), TOPICS, PARTITIONS, telemetry);
        return new Judge(ACCOUNTS, TOPICS, PARTITIONS, 1_000, lineage);
    }

    private Decoded<List<ProducerRecord<byte[], byte[]>>> judged(String json) {
        return judge.judge(
                new InboundRecord("lineage-in", 3, 42, AT, null, json.getBytes(UTF_8), new RecordHeaders()), AT);
    }

    private List<ProducerRecord<byte[], byte[]>> records(String json) {
        return judged(json).fold(records -> records, (code, reason) -> {
            throw new AssertionError(code + ": " + reason);
        });
    }

    private static String complete(String namespace) {
        return """
                {"eventType":"COMPLETE","eventTime":"2026-03-01T06:00:00Z","run":{"runId":"r-1","facets":{"plan":"%s"}},
                 "job":{"namespace":"etl","name":"load"},"outputs":[{"namespace":"%s","name":"a.b.c"}]}""".formatted("x".repeat(2_000), namespace);
    }

    private double counted(String result) {
        return metrics.counter("freshet.lineage.events", "result", result).count();
    }

    @Test
    void shouldForwardARunToEveryWorkspaceWhateverTheSizeOfTheEvent() throws IOException {
        var written = records(complete("postgres://db:5432"));

        assertThat(written)
                .map(record -> new String(record.key(), UTF_8))
                .containsExactly("acme/lineage/r-1", "globex/lineage/r-1");
        assertThat(written).map(ProducerRecord::partition).containsExactly(2, 1);
        assertThat(written).map(ProducerRecord::topic).containsOnly("freshet-inbox");
        assertThat(LineageKey.parse(written.get(0).key())).contains(new LineageKey("acme", "r-1"));
        assertThat(RunUpdateJson.read(written.get(0).value()).place().toString())
                .isEqualTo("lineage-in/3/42");
        assertThat(written.get(0).value()).hasSizeLessThan(600);
        assertThat(counted("forwarded")).isEqualTo(1);
    }

    @Test
    void shouldForwardWhatIsMappedToItsWorkspaceAloneAndWhatIsIgnoredToNone() {
        assertThat(records(complete("dagster")))
                .map(record -> new String(record.key(), UTF_8))
                .containsExactly("globex/lineage/r-1");
        assertThat(records(complete("s3://lake"))).isEmpty();
        assertThat(counted("ignored")).isEqualTo(1);
    }

    @Test
    void shouldCountAndPassWhatIsOfNoConcern() {
        assertThat(records("{\"eventTime\":\"2026-03-01T06:00:00Z\",\"dataset\":{}}"))
                .isEmpty();
        assertThat(counted("no_run")).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhatIsNoEvent() {
        assertThat(judged("{\"account\": \"acme\", \"data_source\": \"5a1d\"}"))
                .isInstanceOfSatisfying(Decoded.Unusable.class, unusable -> assertThat(unusable.code())
                        .isEqualTo("not_lineage"));
        assertThat(counted("not_lineage")).isEqualTo(1);
    }
}
