package io.freshet.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.InboundRecord;
import io.freshet.event.LineageProducer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as the integrations of OpenLineage write them, and whatever else may lie on their topic. */
class LineageReaderTest {

    private static final Instant WRITTEN = Instant.parse("2026-03-01T06:00:03Z");
    private static final Instant NOW = Instant.parse("2026-03-01T06:00:05Z");

    private final LineageReader reader = new LineageReader();

    private LineageEvent read(byte[] value) {
        return reader.read(
                new InboundRecord(
                        "openlineage", 1, 7, WRITTEN, "run:airflow/shop".getBytes(UTF_8), value, new RecordHeaders()),
                NOW);
    }

    private LineageEvent read(String json) {
        return read(json.getBytes(UTF_8));
    }

    private RunUpdate run(String json) {
        return read(json)
                .fold(
                        run -> run,
                        none -> {
                            throw new AssertionError(none.word());
                        },
                        (code, reason) -> {
                            throw new AssertionError(code + ": " + reason);
                        });
    }

    private String noConcern(String json) {
        return read(json).fold(run -> "run", LineageEvent.NoConcern::word, (code, reason) -> {
            throw new AssertionError(code + ": " + reason);
        });
    }

    private String code(byte[] value) {
        return read(value).fold(run -> "run", LineageEvent.NoConcern::word, (code, reason) -> {
            assertThat(reason).endsWith(".").hasSizeBetween(20, 500);
            return code;
        });
    }

    private static List<String> names(RunUpdate event) {
        return event.outputs().all().stream()
                .map(output -> String.join(
                        " or ", output.names().stream().map(TableName::toString).toList()))
                .toList();
    }

    @Test
    void shouldReadTheEndOfATaskOfAirflow() {
        var event = run(LineageSamples.AIRFLOW_TASK);

        assertThat(event.run()).isEqualTo("0197ad84-7a0d-7527-9f8a-a08602319b4d");
        assertThat(event.phase()).isEqualTo(RunPhase.COMPLETE);
        assertThat(event.at()).isEqualTo(Instant.parse("2026-03-01T05:59:59.391222Z"));
        assertThat(event.job().integration()).contains("AIRFLOW");
        assertThat(event.job().name()).isEqualTo("shop.load_orders");
        assertThat(event.place().toString()).isEqualTo("openlineage/1/7");
        assertThat(names(event)).containsExactly("postgres://db.acme.example:5432/shop.public.orders");
    }

    @Test
    void shouldReadTheTableOfASparkJobBeforeItsFiles() {
        var event = run(LineageSamples.SPARK_SQL_JOB);

        assertThat(names(event)).containsExactly("unity-catalog/main.shop.orders or s3://lake/warehouse/shop/orders");
        assertThat(event.job().integration()).contains("SPARK");
    }

    @Test
    void shouldReadAModelOfDbtInEitherMode() {
        assertThat(names(run(LineageSamples.DBT_MODEL))).containsExactly("snowflake://acme-prod/ANALYTICS.CORE.orders");
        assertThat(run(LineageSamples.DBT_MODEL).at()).isEqualTo(Instant.parse("2026-03-01T05:00:00.391222794Z"));
        assertThat(run(LineageSamples.DBT_MODEL_FAILED).phase()).isEqualTo(RunPhase.FAIL);
    }

    @Test
    void shouldPassOverTestsOfDbtThoughTheyHaveOutputs() {
        assertThat(noConcern(LineageSamples.DBT_TEST)).isEqualTo("test");
    }

    @Test
    void shouldReadACheckpointOfFlinkAsAnEventWhileItRuns() {
        var event = run(LineageSamples.FLINK_CHECKPOINT);

        assertThat(event.phase()).isEqualTo(RunPhase.RUNNING);
        assertThat(names(event)).containsExactly("mysql://db:3306/shop.orders");
    }

    @Test
    void shouldPassOverWhatIsOfNoRun() {
        assertThat(noConcern(LineageSamples.DATASET_EVENT)).isEqualTo("no_run");
        assertThat(noConcern(LineageSamples.JOB_EVENT)).isEqualTo("no_run");
    }

    @Test
    void shouldPassOverItsOwnEvents() {
        assertThat(noConcern(LineageSamples.AIRFLOW_TASK.replace(LineageSamples.PRODUCER, LineageProducer.URI)))
                .isEqualTo("own");
    }

    @ParameterizedTest
    @CsvSource({
        "START, START",
        "running, RUNNING",
        "COMPLETE, COMPLETE",
        "Fail, FAIL",
        "ABORT, ABORT",
        "OTHER, OTHER",
        "NEW, OTHER"
    })
    void shouldKnowHowFarTheRunIs(String word, RunPhase phase) {
        assertThat(run(LineageSamples.AIRFLOW_TASK.replace("COMPLETE", word)).phase())
                .isEqualTo(phase);
    }

    @Test
    void shouldTakeAnEventWithoutATypeForOneThatSaysMore() {
        assertThat(run(LineageSamples.AIRFLOW_TASK.replace("\"eventType\"", "\"theirs\""))
                        .phase())
                .isEqualTo(RunPhase.OTHER);
    }

    @Test
    void shouldForwardAnEndWithoutOutputsButNoBeginning() {
        var bare = "{\"eventType\":\"%s\",\"eventTime\":\"2026-03-01T06:00:00Z\",\"run\":{\"runId\":\"r-1\"},"
                + "\"job\":{\"namespace\":\"n\",\"name\":\"j\"},\"outputs\":[]}";

        assertThat(run(bare.formatted("COMPLETE")).outputs().isEmpty()).isTrue();
        assertThat(run(bare.formatted("FAIL")).phase()).isEqualTo(RunPhase.FAIL);
        assertThat(noConcern(bare.formatted("START"))).isEqualTo("no_output");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T16:00:00+10:00, 2026-03-01T06:00:00Z",
        "2026-03-01T06:00:00.391222794Z, 2026-03-01T06:00:00.391222794Z",
        "2026-03-01 06:00:00Z, 2026-03-01T06:00:00Z",
        "2026-03-01T06:00:00, 2026-03-01T06:00:03Z",
        "yesterday, 2026-03-01T06:00:03Z",
        "1970-01-01T00:00:00Z, 2026-03-01T06:00:03Z",
        "2999-01-01T00:00:00Z, 2026-03-01T06:00:03Z",
    })
    void shouldTakeTheTimeOfTheRecordIfTheEventsIsNone(String said, Instant taken) {
        var json = LineageSamples.AIRFLOW_TASK.replaceAll("\"eventTime\":\"[^\"]*\"", "\"eventTime\":\"" + said + "\"");

        assertThat(run(json).at()).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({"ALTER, 0", "DROP, 0", "drop, 0", "CREATE, 1", "OVERWRITE, 1", "TRUNCATE, 1", "RENAME, 1"})
    void shouldCountNoOutputWhoseRowsStayOrGo(String word, int outputs) {
        var facet = "\"facets\":{\"lifecycleStateChange\":{\"_producer\":\"x\",\"lifecycleStateChange\":\"%s\"}}";
        var json = LineageSamples.AIRFLOW_TASK.replace("\"facets\":{\"theirs\":[]}", facet.formatted(word));

        assertThat(run(json).outputs().all()).hasSize(outputs);
    }

    @Test
    void shouldNeedNeitherASchemaNorAProducer() {
        var bare = "{\"eventTime\":\"2026-03-01T06:00:00Z\",\"eventType\":\"COMPLETE\",\"run\":{\"runId\":\"r-1\"},"
                + "\"job\":{\"name\":\"j\"},\"outputs\":[{\"namespace\":\"n\",\"name\":\"t\"}]}";

        assertThat(names(run(bare))).containsExactly("n/t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no uuid/at all", "ünicode", "a:b"})
    void shouldNameARunByADigestIfItsIdIsNotFitForAKey(String id) {
        var one = run(LineageSamples.AIRFLOW_TASK.replace("0197ad84-7a0d-7527-9f8a-a08602319b4d", id))
                .run();

        assertThat(one).matches("[0-9a-f]{32}");
        assertThat(RunName.isName(one)).isTrue();
    }

    @Test
    void shouldSkipWhateverNobodyReads() {
        var plan = "[".repeat(5_000) + "1e999999" + "]".repeat(5_000);
        var odd = "\"spark.logicalPlan\":%s,\"n\":%s,\"x\":null,\"s\":\"%s\","
                .formatted(plan, "9".repeat(5_000), "é".repeat(300_000));
        var json = LineageSamples.AIRFLOW_TASK
                .replace("{\"eventType\"", "{" + odd + "\"eventType\"")
                .replace("\"facets\":{", "\"facets\":{" + odd);

        assertThat(names(run(json))).containsExactly("postgres://db.acme.example:5432/shop.public.orders");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"outputs\":{\"namespace\":\"n\"}",
                "\"outputs\":null",
                "\"outputs\":[1,\"x\",null,[],{}]",
                "\"outputs\":[{\"namespace\":1,\"name\":\"t\"},{\"namespace\":\"n\"}]"
            })
    void shouldTakeNoOutputOfAnotherShape(String outputs) {
        var json = "{\"eventTime\":\"2026-03-01T06:00:00Z\",\"eventType\":\"COMPLETE\",\"run\":{\"runId\":\"r-1\"},"
                + "\"job\":{\"name\":\"j\",\"facets\":[]}," + outputs + "}";

        assertThat(run(json).outputs().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "1",
                "\"text\"",
                "null",
                "{\"account\":\"acme\",\"data_source\":\"d1\"}",
                "{\"eventTime\":\"2026-03-01T06:00:00Z\"}",
                "{\"eventTime\":1,\"job\":{\"name\":\"j\"}}",
                "{\"job\":{\"name\":\"j\"}}"
            })
    void shouldKnowAnEventByItsShape(String json) {
        assertThat(code(json.getBytes(UTF_8))).isEqualTo("not_lineage");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"eventTime\":",
                "",
                "{]",
                "<xml/>",
                "{} {}",
                "[1",
                "{\"a\":tru}",
                "{\"job\":{\"name\":\"j\"",
                "[[[",
            })
    void shouldSayWhatIsNoJson(String text) {
        assertThat(code(text.getBytes(UTF_8))).isEqualTo("not_json");
    }

    @Test
    void shouldSayThatTooDeepAValueIsNoJson() {
        assertThat(code("[".repeat(1_000_000).getBytes(UTF_8))).isEqualTo("not_json");
        assertThat(code("{\"a\":".repeat(500_000).getBytes(UTF_8))).isEqualTo("not_json");
        assertThat(code(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1})).isEqualTo("not_json");
        assertThat(code(LineageSamples.AIRFLOW_TASK.replace("orders", "\u00e9").getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo("not_json");
    }
}
