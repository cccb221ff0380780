package io.freshet.event;

import static io.freshet.event.Arrivals.ACME;
import static io.freshet.event.Arrivals.RECORDED_AT;
import static io.freshet.event.Arrivals.usable;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private final EventReader reader = new EventReader();

    private Change read(InboundRecord arrival) {
        return usable(reader.readChange(arrival, ACME));
    }

    @Test
    void shouldReadAChangeInBinaryMode() {
        var arrival = Arrivals.binary(
                """
                {"account": "acme", "data_source": "a1b2c3d4e5f6", "changed_at": "2026-03-01T05:00:00Z", "reason": "nightly"}
                """, "content-type", "application/json; charset=utf-8", "ce_time", "2026-03-01T05:30:00Z");

        var change = read(arrival);

        assertThat(change)
                .isEqualTo(new Change(
                        "acme",
                        new Target.DataSource("a1b2c3d4e5f6"),
                        new ChangeRef(
                                "/etl", "load-1", Instant.parse("2026-03-01T05:00:00Z"), "nightly", "a1b2c3d4e5f6"),
                        Traces.none()));
    }

    @Test
    void shouldReadAChangeInStructuredMode() {
        var arrival = Arrivals.structured("""
                {"specversion": "1.0", "type": "io.freshet.data-changed.v1", "source": "/etl", "id": "load-1",
                 "time": "2026-03-01T05:30:00Z", "datacontenttype": "application/json",
                 "data": {"account": "acme", "space": "a1b2c3d4e5f6"}}
                """);

        var change = read(arrival);

        assertThat(change)
                .isEqualTo(new Change(
                        "acme",
                        new Target.Space("a1b2c3d4e5f6"),
                        new ChangeRef("/etl", "load-1", Instant.parse("2026-03-01T05:30:00Z"), null),
                        Traces.none()));
    }

    @Test
    void shouldIdentifyPlainJsonByWhereItLies() {
        var arrival = Arrivals.plain("{\"account\": \"acme\", \"datasets\": [\"d1\"]}");

        var change = read(arrival);

        assertThat(change.cause())
                .isEqualTo(
                        new ChangeRef("/kafka/upstream-data-changed", "upstream-data-changed/3/42", RECORDED_AT, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "Application/JSON ;charset=utf-8", "text/json", "application/vnd.acme+json"})
    void shouldTakeEveryContentTypeThatMeansJson(String contentType) {
        var arrival = Arrivals.of(Arrivals.utf8("{\"space\": \"s1\"}"), "content-type", contentType);

        var change = read(arrival);

        assertThat(change.target()).isEqualTo(new Target.Space("s1"));
    }

    @Test
    void shouldListDatasetsOnceAndInOrder() {
        var arrival = Arrivals.plain("{\"datasets\": [\"d2\", \"d1\", \"d2\"]}");

        var change = read(arrival);

        assertThat(change.target()).isEqualTo(new Target.Datasets(new TreeSet<>(List.of("d1", "d2"))));
    }

    @Test
    void shouldPreferTheFieldToTheEnvelopesTime() {
        var arrival = Arrivals.binary(
                "{\"space\": \"s1\", \"changed_at\": \"2026-03-01T07:00:00+02:00\"}",
                "ce_time",
                "2026-03-01T05:30:00Z");

        var change = read(arrival);

        assertThat(change.cause().changedAt()).isEqualTo("2026-03-01T05:00:00Z");
    }

    @Test
    void shouldPreferTheEnvelopesTimeToTheRecords() {
        var arrival = Arrivals.binary("{\"space\": \"s1\"}", "ce_time", "2026-03-01T05:30:00Z");

        var change = read(arrival);

        assertThat(change.cause().changedAt()).isEqualTo("2026-03-01T05:30:00Z");
    }

    @Test
    void shouldFallBackOnTheRecordsTime() {
        var arrival = Arrivals.binary("{\"space\": \"s1\"}");

        var change = read(arrival);

        assertThat(change.cause().changedAt()).isEqualTo(RECORDED_AT);
    }

    @Test
    void shouldMeanTheOneWorkspaceWhereAnAccountIsLeftOut() {
        var arrival = Arrivals.plain("{\"space\": \"s1\"}");

        var change = read(arrival);

        assertThat(change.account()).isEqualTo("acme");
    }

    @Test
    void shouldIgnoreUnknownFieldsAndTakeNullForAbsent() {
        var arrival = Arrivals.plain(
                "{\"space\": \"s1\", \"data_source\": null, \"changed_at\": null, \"tables\": {\"a\": [1]}}");

        var change = read(arrival);

        assertThat(change.target()).isEqualTo(new Target.Space("s1"));
    }

    @Test
    void shouldShortenALongReason() {
        var arrival = Arrivals.plain("{\"space\": \"s1\", \"reason\": \"" + "x".repeat(10_000) + "\"}");

        var change = read(arrival);

        assertThat(change.cause().reason()).hasSize(256).endsWith("x…");
    }

    @Test
    void shouldReadARefreshThatAPersonWrote() {
        var arrival = Arrivals.plain("{\"report_token\": \"r1\", \"dataset_tokens\": [\"d1\"]}");

        var refresh = usable(reader.readRefresh(arrival, ACME));

        assertThat(refresh.report()).isEqualTo(new ReportKey("acme", "r1"));
        assertThat(refresh.requestedAt()).isEqualTo(RECORDED_AT);
        assertThat(refresh.changes())
                .as("the record itself is the cause")
                .isEqualTo(ChangeRefs.of(new ChangeRef(
                        "/kafka/upstream-data-changed", "upstream-data-changed/3/42", RECORDED_AT, null)));
    }
}
