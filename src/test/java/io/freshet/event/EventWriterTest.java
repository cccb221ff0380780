package io.freshet.event;

import static io.freshet.event.Arrivals.ACME;
import static io.freshet.event.Arrivals.header;
import static io.freshet.event.Arrivals.usable;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
    private static final ChangeRefs CHANGES =
            ChangeRefs.of(new ChangeRef("/etl", "load-1", CHANGED_AT, "nightly", "5a1d"));

    private final EventWriter writer = new EventWriter();
    private final EventReader reader = new EventReader();

    @Test
    void shouldWriteARefresh() throws IOException {
        var refresh = new Refresh(REPORT, DATASETS, CHANGES, ACCEPTED_AT);

        var written = writer.write("refresh-requested", refresh);

        assertThat(json(written))
                .isEqualTo(json("""
                                {"account": "acme", "report_token": "r1", "dataset_tokens": ["d1", "d2"],
                                 "changes": [{"source": "/etl", "id": "load-1", "changed_at": "2026-03-01T06:00:00Z", "reason": "nightly", "data_source": "5a1d"}],
                                 "changes_count": 1, "change_ids": "%s", "requested_at": "2026-03-01T06:00:30.500Z"}
                                """.formatted(CHANGES.identities().toBase64())));
        assertEnvelope(written, "refresh-requested", "reports/r1", "2026-03-01T06:00:30.5Z");
    }

    @Test
    void shouldWriteAnAcceptedRun() throws IOException {
        var accepted = new RunAccepted(REPORT, "run1", DATASETS, CHANGES, ACCEPTED_AT, true);

        var written = writer.write("run-accepted", accepted);

        assertThat(json(written)).isEqualTo(json("""
                                {"account": "acme", "report_token": "r1", "dataset_tokens": ["d1", "d2"],
                                 "changes": [{"source": "/etl", "id": "load-1", "changed_at": "2026-03-01T06:00:00Z", "reason": "nightly", "data_source": "5a1d"}],
                                 "changes_count": 1, "run_token": "run1", "accepted_at": "2026-03-01T06:00:30.500Z", "adopted": true}
                                """));
        assertEnvelope(written, "run-accepted", "reports/r1/runs/run1", "2026-03-01T06:00:30.5Z");
        assertThat(header(written, "ce_id")).isEqualTo("run1");
    }

    @Test
    void shouldWriteAFinishedRunWithItsFreshness() throws IOException {
        var written = writer.write("run-finished", finished(Outcome.SUCCEEDED));

        assertThat(json(written)).isEqualTo(json("""
                                {"account": "acme", "report_token": "r1", "dataset_tokens": ["d1", "d2"],
                                 "changes": [{"source": "/etl", "id": "load-1", "changed_at": "2026-03-01T06:00:00Z", "reason": "nightly", "data_source": "5a1d"}],
                                 "changes_count": 1, "run_token": "run1", "outcome": "succeeded", "mode_state": "as Mode said it",
                                 "accepted_at": "2026-03-01T06:00:30.500Z", "finished_at": "2026-03-01T06:01:00.250Z",
                                 "freshness_seconds": 60.25}
                                """));
        assertEnvelope(written, "run-finished", "reports/r1/runs/run1", "2026-03-01T06:01:00.25Z");
        assertThat(header(written, "ce_id")).isEqualTo("run1");
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SUCCEEDED"})
    void shouldTellNoFreshnessOfARunThatBroughtNone(Outcome outcome) throws IOException {
        var written = writer.write("run-finished", finished(outcome));

        assertThat(json(written).get("outcome").textValue())
                .isEqualTo(outcome.word())
                .isIn("failed", "cancelled", "timed_out");
        assertThat(json(written).has("freshness_seconds")).isFalse();
    }

    @Test
    void shouldWriteARejection() throws IOException {
        var rejected =
                new RunRejected(REPORT, DATASETS, CHANGES, "report_not_found", 404, "No such report.", FINISHED_AT);

        var written = writer.write("run-rejected", rejected);

        assertThat(json(written)).isEqualTo(json("""
                                {"account": "acme", "report_token": "r1", "dataset_tokens": ["d1", "d2"],
                                 "changes": [{"source": "/etl", "id": "load-1", "changed_at": "2026-03-01T06:00:00Z", "reason": "nightly", "data_source": "5a1d"}],
                                 "changes_count": 1, "reason": "report_not_found", "status": 404, "message": "No such report.",
                                 "rejected_at": "2026-03-01T06:01:00.250Z"}
                                """));
        assertEnvelope(written, "run-rejected", "reports/r1", "2026-03-01T06:01:00.25Z");
    }

    @Test
    void shouldReadBackTheRefreshThatItWrote() {
        var changes = ChangeRefs.of(IntStream.range(0, 500)
                .mapToObj(i ->
                        new ChangeRef("/etl", "load-" + i, CHANGED_AT.plusNanos(i * 1_001L), i % 2 == 0 ? null : "é"))
                .toList());
        var refresh = new Refresh(REPORT, DATASETS, changes, ACCEPTED_AT, Optional.of(Duration.ofMillis(41_250)), true);

        var again = usable(reader.readRefresh(Arrivals.of(writer.write("refresh-requested", refresh)), ACME));

        assertThat(again).isEqualTo(refresh);
        assertThat(again.changes().count()).isEqualTo(500);
    }

    @Test
    void shouldGiveTheSameRefreshTheSameId() {
        var refresh = new Refresh(REPORT, DATASETS, CHANGES, ACCEPTED_AT);
        var plannedAgain = new Refresh(REPORT, DATASETS, CHANGES, FINISHED_AT);
        var another = new Refresh(REPORT, new TreeSet<>(List.of("d1")), CHANGES, ACCEPTED_AT);

        var id = header(writer.write("t", refresh), "ce_id");

        assertThat(header(writer.write("t", plannedAgain), "ce_id")).isEqualTo(id);
        assertThat(header(writer.write("t", another), "ce_id")).isNotEqualTo(id);
    }

    @Test
    void shouldWriteWhateverReasonAChangeGave() {
        var halfACharacter = Arrivals.plain("{\"space\": \"s1\", \"reason\": \"a\\ud83d b\"}");
        var cutInACharacter = Arrivals.plain("{\"space\": \"s1\", \"reason\": \"" + "x".repeat(254) + "😀😀\"}");

        for (var arrival : List.of(halfACharacter, cutInACharacter)) {
            var cause = usable(reader.readChange(arrival, ACME)).cause();
            var written = writer.write("t", new Refresh(REPORT, DATASETS, ChangeRefs.of(cause), ACCEPTED_AT));

            assertThat(usable(reader.readRefresh(Arrivals.of(written), ACME)).changes())
                    .isEqualTo(ChangeRefs.of(cause));
        }
    }

    private static RunFinished finished(Outcome outcome) {
        return new RunFinished(REPORT, "run1", DATASETS, CHANGES, outcome, "as Mode said it", ACCEPTED_AT, FINISHED_AT);
    }

    private static void assertEnvelope(
            ProducerRecord<byte[], byte[]> written, String topic, String subject, String time) {
        assertThat(written.topic()).isEqualTo(topic);
        assertThat(written.key()).isEqualTo("acme/r1".getBytes(StandardCharsets.UTF_8));
        assertThat(header(written, "content-type")).isEqualTo("application/json");
        assertThat(header(written, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(written, "ce_type")).isEqualTo("io.freshet." + topic + ".v1");
        assertThat(header(written, "ce_source")).isEqualTo("/freshet/acme");
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
