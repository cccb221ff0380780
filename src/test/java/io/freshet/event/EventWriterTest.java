package io.freshet.event;

import static io.freshet.event.Arrivals.ACME;
import static io.freshet.event.Arrivals.NOW;
import static io.freshet.event.Arrivals.header;
import static io.freshet.event.Arrivals.usable;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventWriterTest {

    private static final ReportKey REPORT = new ReportKey("acme", "r1");
    private static final SortedSet<String> DATASETS = new TreeSet<>(List.of("d1", "d2"));
    private static final Instant CHANGED_AT = Instant.parse("2026-03-01T06:00:00Z");
    private static final Instant ACCEPTED_AT = Instant.parse("2026-03-01T06:00:30.500Z");
    private static final Instant FINISHED_AT = Instant.parse("2026-03-01T06:01:00.250Z");
    private static final ChangeRefs CHANGES = ChangeRefs.of(
                    new ChangeRef("/etl", "load-1", CHANGED_AT, "nightly", "5a1d"))
            .inBatch(7)
            .and(ChangeRefs.none().inBatch(12));

    private final EventWriter writer = new EventWriter(Presentations.WITH_NAMES);
    private final EventReader reader = new EventReader();

    @Test
    void shouldWriteTheRefreshThatSomebodyAsksFor() throws IOException {
        var request = new ChangeRef("/freshet/acme/by-hand", "3f0c", CHANGED_AT, "board meeting");

        var written = writer.write("refresh-requested", REPORT, DATASETS, request);

        assertThat(json(written)).isEqualTo(json("""
                                {"account": "acme", "report_token": "r1", "dataset_tokens": ["d1", "d2"],
                                 "reason": "board meeting"}
                                """));
        assertThat(usable(reader.readRefresh(Arrivals.of(written), ACME, NOW)))
                .as("what is read again")
                .isEqualTo(new Change(
                        "acme",
                        new Target.Report("r1", DATASETS),
                        request,
                        Traces.none(),
                        Arrivals.of(written).place()));
        assertEnvelope(written, "refresh-requested", "/freshet/acme/by-hand", "reports/r1", "2026-03-01T06:00:00Z");
    }

    @Test
    void shouldNameNoDatasetsInARefreshOfAllThatAReportImports() throws IOException {
        var request = new ChangeRef("/freshet/acme/by-hand", "3f0c", CHANGED_AT, null);

        var written = writer.write("refresh-requested", REPORT, Collections.emptySortedSet(), request);

        assertThat(json(written)).isEqualTo(json("{\"account\": \"acme\", \"report_token\": \"r1\"}"));
    }

    @Test
    void shouldWriteAnAcceptedRun() throws IOException {
        var accepted = new RunAccepted(REPORT, Optional.empty(), "run1", DATASETS, CHANGES, ACCEPTED_AT, true);

        var written = writer.write("run-accepted", accepted);

        assertThat(json(written)).isEqualTo(json("""
                                {"account": "acme", "kind": "report", "report_token": "r1", "dataset_tokens": ["d1", "d2"],
                                 "batches": ["7", "12"],
                                 "changes": [{"source": "/etl", "id": "load-1", "changed_at": "2026-03-01T06:00:00Z", "reason": "nightly", "data_source": "5a1d"}],
                                 "changes_count": 1, "run_token": "run1", "web_url": "https://app.mode.com/acme/reports/r1/runs/run1",
                                 "accepted_at": "2026-03-01T06:00:30.500Z", "adopted": true}
                                """));
        assertEnvelope(written, "run-accepted", "reports/r1/runs/run1", "2026-03-01T06:00:30.5Z");
        assertThat(header(written, "ce_id")).isEqualTo("run1");
    }

    @Test
    void shouldTellOfTheRunOfADataset() throws IOException {
        var dataset = ReportKey.dataset("acme", "d1");
        var accepted = new RunAccepted(
                dataset, Optional.empty(), "run1", new TreeSet<>(List.of("d1")), CHANGES, ACCEPTED_AT, false);

        var written = writer.write("run-accepted", accepted);

        assertThat(json(written).path("kind").textValue()).isEqualTo("dataset");
        assertThat(json(written).path("dataset_token").textValue()).isEqualTo("d1");
        assertThat(json(written).has("report_token")).isFalse();
        assertThat(new String(written.key(), StandardCharsets.UTF_8)).isEqualTo("acme/d1");
        assertThat(header(written, "ce_subject")).isEqualTo("datasets/d1/runs/run1");
    }

    @Test
    void shouldLeadToTheDatasetWhereModeHasNoPageForItsRun() throws IOException {
        var dataset = ReportKey.dataset("acme", "d1");
        var accepted = new RunAccepted(dataset, Optional.empty(), "run1", DATASETS, CHANGES, ACCEPTED_AT, false);

        assertThat(json(writer.write("t", accepted)).path("web_url").textValue())
                .isEqualTo("https://app.mode.com/acme/datasets/d1");
    }

    @Test
    void shouldSayWhatPeopleCallTheReportUnlessTheyDoNotWantThat() throws IOException {
        var name = Optional.of("Sales, daily");
        var events = List.of(
                new RunAccepted(REPORT, name, "run1", DATASETS, CHANGES, ACCEPTED_AT, false),
                new RunFinished(
                        REPORT,
                        name,
                        "run1",
                        DATASETS,
                        CHANGES,
                        Outcome.CANCELLED,
                        "cancelled",
                        ACCEPTED_AT,
                        true,
                        FINISHED_AT,
                        Optional.empty()),
                new RunRejected(REPORT, name, DATASETS, CHANGES, "forbidden", 403, "no", FINISHED_AT));

        for (var event : events) {
            assertThat(json(writer.write("t", event)).path("name").textValue()).isEqualTo("Sales, daily");
            assertThat(json(new EventWriter(Presentations.WITHOUT_NAMES).write("t", event))
                            .has("name"))
                    .isFalse();
        }
    }

    @Test
    void shouldSayWhyARunFailedAsFarAsThatIsKnown() throws IOException {
        var both = RunError.of(Optional.of("SqlUnknownColumn"), Optional.of("column \"cost\"\ndoes not exist"));
        var message = RunError.of(Optional.of(" "), Optional.of("x".repeat(2_000)));

        assertThat(failed(both).path("error_code").textValue()).isEqualTo("SqlUnknownColumn");
        assertThat(failed(both).path("error_message").textValue()).isEqualTo("column \"cost\"\ndoes not exist");
        assertThat(failed(message).has("error_code")).isFalse();
        assertThat(failed(message).path("error_message").textValue())
                .hasSize(1_000)
                .endsWith("x…");
        assertThat(RunError.of(Optional.empty(), Optional.of(" "))).isEmpty();
        assertThat(failed(Optional.empty()).fieldNames()).toIterable().doesNotContain("error_code", "error_message");
    }

    private JsonNode failed(Optional<RunError> error) throws IOException {
        return json(writer.write(
                "t",
                new RunFinished(
                        REPORT,
                        Optional.empty(),
                        "run1",
                        DATASETS,
                        CHANGES,
                        Outcome.FAILED,
                        "failed",
                        ACCEPTED_AT,
                        true,
                        FINISHED_AT,
                        error)));
    }

    @Test
    void shouldTellTheRejectionsOfAReportAndOfADatasetApart() {
        var report = new RunRejected(REPORT, Optional.empty(), DATASETS, CHANGES, "forbidden", 403, "no", FINISHED_AT);
        var dataset = new RunRejected(
                ReportKey.dataset("acme", "r1"),
                Optional.empty(),
                DATASETS,
                CHANGES,
                "forbidden",
                403,
                "no",
                FINISHED_AT);

        assertThat(header(writer.write("run-rejected", dataset), "ce_id"))
                .isNotEqualTo(header(writer.write("run-rejected", report), "ce_id"));
    }

    @Test
    void shouldWriteAFinishedRunWithItsFreshness() throws IOException {
        var written = writer.write("run-finished", finished(Outcome.SUCCEEDED));

        assertThat(json(written)).isEqualTo(json("""
                                {"account": "acme", "kind": "report", "report_token": "r1", "dataset_tokens": ["d1", "d2"],
                                 "batches": ["7", "12"],
                                 "changes": [{"source": "/etl", "id": "load-1", "changed_at": "2026-03-01T06:00:00Z", "reason": "nightly", "data_source": "5a1d"}],
                                 "changes_count": 1, "run_token": "run1",
                                 "web_url": "https://app.mode.com/acme/reports/r1/runs/run1", "outcome": "succeeded", "mode_state": "as Mode said it",
                                 "accepted_at": "2026-03-01T06:00:30.500Z", "adopted": true, "finished_at": "2026-03-01T06:01:00.250Z",
                                 "freshness_seconds": 60.25}
                                """));
        assertEnvelope(written, "run-finished", "reports/r1/runs/run1", "2026-03-01T06:01:00.25Z");
        assertThat(header(written, "ce_id")).isEqualTo("run1");
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SUCCEEDED", "REJECTED"})
    void shouldTellNoFreshnessOfARunThatBroughtNone(Outcome outcome) throws IOException {
        var written = writer.write("run-finished", finished(outcome));

        assertThat(json(written).get("outcome").textValue())
                .isEqualTo(outcome.word())
                .isIn("failed", "cancelled", "timed_out");
        assertThat(json(written).has("freshness_seconds")).isFalse();
    }

    @Test
    void shouldWriteARejection() throws IOException {
        var written = writer.write("run-rejected", rejected(DATASETS, FINISHED_AT));

        assertThat(json(written)).isEqualTo(json("""
                                {"account": "acme", "kind": "report", "report_token": "r1", "dataset_tokens": ["d1", "d2"],
                                 "batches": ["7", "12"],
                                 "changes": [{"source": "/etl", "id": "load-1", "changed_at": "2026-03-01T06:00:00Z", "reason": "nightly", "data_source": "5a1d"}],
                                 "changes_count": 1, "web_url": "https://app.mode.com/acme/reports/r1",
                                 "reason": "report_not_found", "status": 404, "message": "No such report.",
                                 "rejected_at": "2026-03-01T06:01:00.250Z"}
                                """));
        assertEnvelope(written, "run-rejected", "reports/r1", "2026-03-01T06:01:00.25Z");
    }

    @Test
    void shouldListTheOldestAndTheNewestOfManyChangesAndTellTheTrueNumber() throws IOException {
        var many = ChangeRefs.of(IntStream.range(0, 500)
                .mapToObj(i -> new ChangeRef("/etl", "load-" + i, CHANGED_AT.plusSeconds(i), null))
                .toList());

        var written = json(writer.write(
                "t", new RunAccepted(REPORT, Optional.empty(), "run1", DATASETS, many, ACCEPTED_AT, false)));

        assertThat(written.get("changes_count").intValue()).isEqualTo(500);
        assertThat(written.get("changes").findValuesAsText("id"))
                .hasSize(20)
                .startsWith("load-0")
                .contains("load-9", "load-490")
                .endsWith("load-499");
    }

    @Test
    void shouldTellNoFreshnessBelowZeroWhereTheChangeIsDatedAhead() throws IOException {
        var ahead = ChangeRefs.of(new ChangeRef("/etl", "load-1", FINISHED_AT.plusSeconds(60), null));
        var finished = new RunFinished(
                REPORT,
                Optional.empty(),
                "run1",
                DATASETS,
                ahead,
                Outcome.SUCCEEDED,
                "succeeded",
                ACCEPTED_AT,
                true,
                FINISHED_AT,
                Optional.empty());

        var written = json(writer.write("t", finished));

        assertThat(written.get("freshness_seconds").doubleValue()).isZero();
    }

    @Test
    void shouldGiveTheSameRejectionTheSameId() {
        var id = header(writer.write("t", rejected(DATASETS, ACCEPTED_AT)), "ce_id");

        assertThat(header(writer.write("t", rejected(DATASETS, FINISHED_AT)), "ce_id"))
                .isEqualTo(id);
        assertThat(header(writer.write("t", rejected(new TreeSet<>(List.of("d1")), ACCEPTED_AT)), "ce_id"))
                .isNotEqualTo(id);
    }

    @Test
    void shouldGiveTheRejectionForAnotherBatchAnotherId() {
        var first = writer.write("t", rejected(CHANGES.inBatch(7), ACCEPTED_AT));
        var second = writer.write("t", rejected(CHANGES.inBatch(8), ACCEPTED_AT));

        assertThat(header(second, "ce_id")).isNotEqualTo(header(first, "ce_id"));
    }

    @Test
    void shouldWriteWhateverReasonAChangeGave() throws IOException {
        var halfACharacter = Arrivals.plain("{\"space\": \"s1\", \"reason\": \"a\\ud83d b\"}");
        var cutInACharacter = Arrivals.plain("{\"space\": \"s1\", \"reason\": \"" + "x".repeat(998) + "😀😀\"}");

        for (var arrival : List.of(halfACharacter, cutInACharacter)) {
            var change = usable(reader.readChange(arrival, ACME, NOW)).ref();
            var written = writer.write(
                    "t",
                    new RunAccepted(
                            REPORT, Optional.empty(), "run1", DATASETS, ChangeRefs.of(change), ACCEPTED_AT, false));

            assertThat(json(written).at("/changes/0/reason").textValue()).isEqualTo(change.reason());
        }
    }

    private static RunRejected rejected(SortedSet<String> datasets, Instant at) {
        return new RunRejected(
                REPORT, Optional.empty(), datasets, CHANGES, "report_not_found", 404, "No such report.", at);
    }

    private static RunRejected rejected(ChangeRefs changes, Instant at) {
        return new RunRejected(
                REPORT, Optional.empty(), DATASETS, changes, "report_not_found", 404, "No such report.", at);
    }

    private static RunFinished finished(Outcome outcome) {
        return new RunFinished(
                REPORT,
                Optional.empty(),
                "run1",
                DATASETS,
                CHANGES,
                outcome,
                "as Mode said it",
                ACCEPTED_AT,
                true,
                FINISHED_AT,
                Optional.empty());
    }

    private static void assertEnvelope(
            ProducerRecord<byte[], byte[]> written, String topic, String subject, String time) {
        assertEnvelope(written, topic, "/freshet/acme", subject, time);
    }

    private static void assertEnvelope(
            ProducerRecord<byte[], byte[]> written, String topic, String source, String subject, String time) {
        assertThat(written.topic()).isEqualTo(topic);
        assertThat(written.key()).isEqualTo("acme/r1".getBytes(StandardCharsets.UTF_8));
        assertThat(header(written, "content-type")).isEqualTo("application/json");
        assertThat(header(written, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(written, "ce_type")).isEqualTo("io.freshet." + topic + ".v1");
        assertThat(header(written, "ce_source")).isEqualTo(source);
        assertThat(header(written, "ce_subject")).isEqualTo(subject);
        assertThat(header(written, "ce_time")).isEqualTo(time);
        assertThat(header(written, "ce_id")).matches("[0-9a-z-]+");
    }

    private static JsonNode json(ProducerRecord<byte[], byte[]> written) throws IOException {
        return new ObjectMapper().readTree(written.value());
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
