package io.freshet.event;

import static io.freshet.event.Arrivals.header;
import static io.freshet.event.Arrivals.names;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BatchEventWriterTest {

    private static final BatchKey BATCH = new BatchKey("acme", 12);
    private static final Instant CHANGED_AT = Instant.parse("2026-03-01T06:00:00Z");
    private static final Instant PLANNED_AT = Instant.parse("2026-03-01T06:00:02.500Z");
    private static final Instant SETTLED_AT = Instant.parse("2026-03-01T06:01:00.250Z");
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final ChangeRef CHANGE = new ChangeRef("/etl", "load-1", CHANGED_AT, "nightly", "5a1d");
    private static final Target ORDERS = new Target.DataSource("5a1d");
    private static final NotSucceeded FAILED = new NotSucceeded("r2", "report", "failed", "run_failed", "run2");
    private static final NotSucceeded REJECTED = new NotSucceeded("r3", "report", "rejected", "report_not_found", null);

    private static final Map<String, String> NAMES = Map.of("d1", "Orders", "r1", "Sales, daily", "5a1d", "Warehouse");

    private static final Map<String, String> WHY = Map.of("d2", "mentions core.orders");

    private final BatchEventWriter writer = new BatchEventWriter(Presentations.WITH_NAMES);

    // --- planned

    @Test
    void shouldTellWhatABatchLeadsTo() throws IOException {
        var written = written(planned(
                ORDERS,
                List.of("d1", "d2"),
                List.of("r1"),
                List.of(LeftOut.report("r2", "archived"), LeftOut.dataset("d9", "dataset_not_found"))));

        assertThat(written).singleElement().satisfies(one -> {
            assertThat(one.topic()).isEqualTo("change-planned");
            assertThat(one.key()).isEqualTo("acme".getBytes(UTF_8));
            assertThat(header(one, "ce_specversion")).isEqualTo("1.0");
            assertThat(header(one, "ce_type")).isEqualTo("io.freshet.change-planned.v1");
            assertThat(header(one, "ce_source")).isEqualTo("/freshet/acme");
            assertThat(header(one, "ce_id")).isEqualTo("12");
            assertThat(header(one, "ce_time")).isEqualTo("2026-03-01T06:00:02.5Z");
            assertThat(header(one, "content-type")).isEqualTo("application/json");
            assertThat(header(one, "traceparent")).isEqualTo(PARENT);
            assertThat(names(one)).as("it is of no report").doesNotContain("ce_subject");
        });
        assertThat(json(written.get(0))).isEqualTo(json("""
                {"account": "acme", "data_source": "5a1d", "target_name": "Warehouse", "batch": "12",
                 "changes": [{"source": "/etl", "id": "load-1", "changed_at": "2026-03-01T06:00:00Z", "reason": "nightly", "data_source": "5a1d"}],
                 "changes_count": 1,
                 "datasets": [{"token": "d1", "name": "Orders"}, {"token": "d2", "why": "mentions core.orders"}],
                 "reports": [{"token": "r1", "name": "Sales, daily"}],
                 "left_out": [{"token": "r2", "kind": "report", "reason": "archived"},
                              {"token": "d9", "kind": "dataset", "reason": "dataset_not_found"}],
                 "held": [], "datasets_first": false, "planned_at": "2026-03-01T06:00:02.500Z"}
                """));
    }

    @Test
    void shouldNameNothingIfPeopleDoNotWantThat() throws IOException {
        var event = planned(ORDERS, List.of("d1"), List.of("r1"), List.of());

        var told = json(new BatchEventWriter(Presentations.WITHOUT_NAMES)
                .write("change-planned", event)
                .get(0));

        assertThat(told.get("datasets")).isEqualTo(json("[{\"token\": \"d1\"}]"));
        assertThat(told.get("reports")).isEqualTo(json("[{\"token\": \"r1\"}]"));
        assertThat(told.has("target_name")).isFalse();
    }

    static Stream<Arguments> targets() {
        return Stream.of(
                Arguments.of(ORDERS, "{\"data_source\": \"5a1d\"}"),
                Arguments.of(new Target.Space("50ace"), "{\"space\": \"50ace\"}"),
                Arguments.of(
                        new Target.Report("r1", new TreeSet<>(List.of("d1"))),
                        "{\"report_token\": \"r1\", \"dataset_tokens\": [\"d1\"]}"));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void shouldNameTheTargetAsTheChangeDid(Target target, String fields) throws IOException {
        var told = json(
                written(planned(target, List.of(), List.of("r7"), List.of())).get(0));

        for (var field : json(fields).properties()) {
            assertThat(told.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
        }
    }

    @Test
    void shouldNameDatasetsAsTheAffectedOnesIfTheyAreTheTarget() throws IOException {
        var target = new Target.Datasets(new TreeSet<>(List.of("d2", "d1", "gone")));

        var told = json(written(planned(
                        target,
                        List.of("d1", "d2"),
                        List.of("r7"),
                        List.of(LeftOut.dataset("gone", "dataset_not_found"))))
                .get(0));

        assertThat(told.get("datasets"))
                .isEqualTo(
                        json(
                                "[{\"token\": \"d1\", \"name\": \"Orders\"}, {\"token\": \"d2\", \"why\": \"mentions core.orders\"}]"));
        assertThat(told.at("/left_out/0/token").textValue()).isEqualTo("gone");
    }

    @Test
    void shouldTellAPlanOfNothing() throws IOException {
        var written = written(planned(ORDERS, List.of(), List.of(), List.of()));

        assertThat(written).hasSize(1);
        assertThat(json(written.get(0)).get("reports")).isEmpty();
        assertThat(json(written.get(0)).has("part")).isFalse();
    }

    @Test
    void shouldTellInOneWhatJustFits() throws IOException {
        var written =
                written(planned(ORDERS, tokens("d", 100), tokens("r", 399), List.of(LeftOut.report("x", "archived"))));

        assertThat(written).hasSize(1);
        assertThat(header(written.get(0), "ce_id")).isEqualTo("12");
        assertThat(json(written.get(0)).has("part")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"100, 400, 1, 2", "0, 1000, 0, 2", "1, 1000, 0, 3", "3, 10000, 1, 21"})
    void shouldTellInPartsWhatIsMore(int datasets, int reports, int leftOut, int parts) throws IOException {
        var left = tokens("x", leftOut).stream()
                .map(token -> LeftOut.report(token, "archived"))
                .toList();

        var written = written(planned(ORDERS, tokens("d", datasets), tokens("r", reports), left));

        assertThat(written).hasSize(parts);
        var told = new ArrayList<String>();
        for (var part = 1; part <= parts; part++) {
            var record = written.get(part - 1);
            var json = json(record);
            assertThat(header(record, "ce_id")).isEqualTo("12/" + part);
            assertThat(json.get("part").intValue()).isEqualTo(part);
            assertThat(json.has("parts")).as("the last one says how many").isEqualTo(part == parts);
            assertThat(json.get("batch").textValue()).isEqualTo("12");
            assertThat(json.get("changes_count").intValue()).isEqualTo(1);
            var entries = Stream.of("datasets", "reports", "left_out")
                    .flatMap(name -> json.get(name).findValuesAsText("token").stream())
                    .toList();
            assertThat(entries).hasSizeBetween(1, 500);
            told.addAll(entries);
        }
        assertThat(json(written.get(parts - 1)).get("parts").intValue()).isEqualTo(parts);
        assertThat(told)
                .as("each once")
                .isEqualTo(Stream.of(tokens("d", datasets), tokens("r", reports), tokens("x", leftOut))
                        .flatMap(List::stream)
                        .toList());
    }

    // --- settled

    @ParameterizedTest
    @EnumSource(ChangeOutcome.class)
    void shouldTellWhatBecameOfAChange(ChangeOutcome outcome) throws IOException {
        var record = settled(outcome, Optional.empty());

        assertThat(record.topic()).isEqualTo("change-settled");
        assertThat(record.key()).isEqualTo("acme".getBytes(UTF_8));
        assertThat(header(record, "ce_type")).isEqualTo("io.freshet.change-settled.v1");
        assertThat(header(record, "ce_source")).isEqualTo("/freshet/acme");
        assertThat(header(record, "ce_id")).isEqualTo("12/023513efef4cd90b");
        assertThat(header(record, "ce_time")).isEqualTo("2026-03-01T06:01:00.25Z");
        assertThat(names(record)).doesNotContain("ce_subject");
        assertThat(json(record)).isEqualTo(json("""
                {"account": "acme", "change": {"source": "/etl", "id": "load-1", "changed_at": "2026-03-01T06:00:00Z"},
                 "batch": "12", "outcome": "%s",
                 "runs": {"succeeded": 1, "failed": 2, "cancelled": 3, "timed_out": 4, "rejected": 5, "left_out": 6},
                 "not_succeeded": [
                   {"token": "r2", "kind": "report", "outcome": "failed", "reason": "run_failed", "run_token": "run2"},
                   {"token": "r3", "kind": "report", "outcome": "rejected", "reason": "report_not_found"}],
                 "data": "stale", "settled_at": "2026-03-01T06:01:00.250Z"}
                """.formatted(outcome.word())));
    }

    @Test
    void shouldSpellTheOutcomesAsTheContractDoes() {
        assertThat(ChangeOutcome.values())
                .extracting(ChangeOutcome::word)
                .containsExactly("succeeded", "partly", "failed", "nothing_to_do", "refused");
    }

    @ParameterizedTest
    @EnumSource(ChangeOutcome.class)
    void shouldTellTheFreshnessOnlyOfWhatSucceeded(ChangeOutcome outcome) throws IOException {
        var json = json(settled(outcome, Optional.of(CHANGED_AT.plusMillis(42_750))));

        assertThat(json.has("freshness_seconds")).isEqualTo(outcome == ChangeOutcome.SUCCEEDED);
        assertThat(json.path("freshness_seconds").asDouble()).isIn(0.0, 42.75);
    }

    @Test
    void shouldTellNoFreshnessBelowZeroWhereTheChangeIsDatedAhead() throws IOException {
        var json = json(settled(ChangeOutcome.SUCCEEDED, Optional.of(CHANGED_AT.minusSeconds(60))));

        assertThat(json.get("freshness_seconds").doubleValue()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, false, NOTHING_TO_DO",
        "1, 0, false, SUCCEEDED",
        "1, 1, false, PARTLY",
        "0, 1, false, FAILED",
        "0, 0, true, FAILED",
        "1, 0, true, PARTLY",
        "0, 1, true, FAILED"
    })
    void shouldJudgeByWhatSucceededAndWhatDidNot(int succeeded, int not, boolean notFound, ChangeOutcome outcome) {
        for (var bad : EnumSet.complementOf(EnumSet.of(Outcome.SUCCEEDED))) {
            var runs = RunCounts.leftOut(3);
            for (var n = 0; n < succeeded; n++) {
                runs = runs.and(Outcome.SUCCEEDED);
            }
            for (var n = 0; n < not; n++) {
                runs = runs.and(bad);
            }

            assertThat(ChangeOutcome.of(runs, notFound)).as(bad.word()).isEqualTo(outcome);
        }
    }

    private ProducerRecord<byte[], byte[]> settled(ChangeOutcome outcome, Optional<Instant> lastSuccess) {
        var settlement = new Settlement(
                outcome,
                new RunCounts(1, 2, 3, 4, 5, 6),
                List.of(FAILED, REJECTED),
                lastSuccess,
                DataFreshness.STALE,
                SETTLED_AT);
        var written = writer.write("change-settled", new ChangeSettled(BATCH, CHANGE, settlement));
        assertThat(written).hasSize(1);
        return written.get(0);
    }

    private List<ProducerRecord<byte[], byte[]>> written(ChangePlanned event) {
        return writer.write("change-planned", event);
    }

    private static ChangePlanned planned(
            Target target, List<String> datasets, List<String> reports, List<LeftOut> leftOut) {
        var changes = ChangeRefs.of(CHANGE).in(Traces.of(PARENT)).inBatch(12);
        return new ChangePlanned(
                BATCH, target, changes, datasets, reports, leftOut, List.of(), false, NAMES, WHY, PLANNED_AT);
    }

    private static List<String> tokens(String prefix, int many) {
        return IntStream.range(0, many).mapToObj(n -> prefix + n).toList();
    }

    private static JsonNode json(ProducerRecord<byte[], byte[]> written) throws IOException {
        return new ObjectMapper().readTree(written.value());
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
