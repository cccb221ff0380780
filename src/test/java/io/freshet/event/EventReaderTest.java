package io.freshet.event;

import static io.freshet.event.Arrivals.ACME;
import static io.freshet.event.Arrivals.NOW;
import static io.freshet.event.Arrivals.RECORDED_AT;
import static io.freshet.event.Arrivals.usable;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private final EventReader reader = new EventReader();

    private Change read(InboundRecord arrival) {
        return usable(reader.readChange(arrival, ACME, NOW));
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
                        Traces.none(),
                        new RecordPlace("upstream-data-changed", 3, 42, RECORDED_AT)));
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
                        Traces.none(),
                        arrival.place()));
    }

    @Test
    void shouldIdentifyPlainJsonByWhereItLies() {
        var arrival = Arrivals.plain("{\"account\": \"acme\", \"datasets\": [\"d1\"]}");

        var change = read(arrival);

        assertThat(change.ref())
                .isEqualTo(new ChangeRef(
                        "/kafka/upstream-data-changed", "upstream-data-changed/3/42/1772344800123", RECORDED_AT, null));
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
    void shouldListTheTablesOfADataSourceAsTheyAreSpelt() {
        var arrival = Arrivals.plain("""
                {"data_source": "5a1d", "tables": ["core.orders", "\\"Core\\".\\"Größe\\"", "core.orders"]}
                """);

        var change = read(arrival);

        assertThat(change.target()).isEqualTo(new Target.DataSource("5a1d"));
        assertThat(change.tables()).containsExactly("\"Core\".\"Größe\"", "core.orders");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data_source\": \"5a1d\"}",
                "{\"data_source\": \"5a1d\", \"tables\": null}",
                "{\"space\": \"50ace\", \"tables\": null}"
            })
    void shouldNameNoTablesWhereTheChangeNamesNone(String value) {
        assertThat(read(Arrivals.plain(value)).tables()).isEmpty();
    }

    @Test
    void shouldTakeAThousandTablesWithTheLongestNames() {
        var names = IntStream.range(0, 1_000)
                .mapToObj("\"%0512d\""::formatted)
                .collect(Collectors.joining(",", "{\"data_source\": \"5a1d\", \"tables\": [", "]}"));

        var change = read(Arrivals.plain(names));

        assertThat(change.tables()).hasSize(1_000);
        assertThat(change.bytes()).as("they are counted").isGreaterThan(1_000 * 512);
    }

    @Test
    void shouldTakeTablesOfARefreshForAFieldThatNobodyReads() {
        var refresh =
                usable(reader.readRefresh(Arrivals.plain("{\"report_token\": \"r1\", \"tables\": 7}"), ACME, NOW));

        assertThat(refresh.tables()).isEmpty();
    }

    @Test
    void shouldPreferTheFieldToTheEnvelopesTime() {
        var arrival = Arrivals.binary(
                "{\"space\": \"s1\", \"changed_at\": \"2026-03-01T07:00:00+02:00\"}",
                "ce_time",
                "2026-03-01T05:30:00Z");

        var change = read(arrival);

        assertThat(change.ref().changedAt()).isEqualTo("2026-03-01T05:00:00Z");
    }

    @Test
    void shouldPreferTheEnvelopesTimeToTheRecords() {
        var arrival = Arrivals.binary("{\"space\": \"s1\"}", "ce_time", "2026-03-01T05:30:00Z");

        var change = read(arrival);

        assertThat(change.ref().changedAt()).isEqualTo("2026-03-01T05:30:00Z");
    }

    @Test
    void shouldFallBackOnTheRecordsTime() {
        var arrival = Arrivals.binary("{\"space\": \"s1\"}");

        var change = read(arrival);

        assertThat(change.ref().changedAt()).isEqualTo(RECORDED_AT);
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
                "{\"space\": \"s1\", \"data_source\": null, \"changed_at\": null, \"rows\": {\"a\": [1]}}");

        var change = read(arrival);

        assertThat(change.target()).isEqualTo(new Target.Space("s1"));
    }

    @Test
    void shouldShortenALongReason() {
        var arrival = Arrivals.plain("{\"space\": \"s1\", \"reason\": \"" + "x".repeat(10_000) + "\"}");

        var change = read(arrival);

        assertThat(change.ref().reason()).hasSize(1_000).endsWith("x…");
    }

    @Test
    void shouldNotShortenAReasonInTheMiddleOfACharacter() {
        var reason = "x".repeat(998) + "\ud83d\ude00" + "y";
        var arrival = Arrivals.plain("{\"space\": \"s1\", \"reason\": \"" + reason + "\"}");

        var change = read(arrival);

        assertThat(change.ref().reason()).isEqualTo("x".repeat(998) + "…");
    }

    @Test
    void shouldCarryLinesAlongButNothingThatTurnsTheDirection() {
        var arrival = Arrivals.plain("{\"space\": \"s1\", \"reason\": \"a\\nb\\u202ec\\u0007\\u05d0\"}");

        var change = read(arrival);

        assertThat(change.ref().reason()).isEqualTo("a\nb?c?\u05d0");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 946_684_799_999L, 1_772_344_800_123_000L})
    void shouldTakeTheTimeOfArrivalWhereARecordsTimeIsOutOfReason(long timestamp) {
        var plain = Arrivals.plain("{\"space\": \"s1\"}");
        var arrival = new InboundRecord(
                plain.topic(), 3, 42, Instant.ofEpochMilli(timestamp), null, plain.value(), plain.headers());

        var change = read(arrival);

        assertThat(change.ref().changedAt()).isEqualTo(NOW);
        assertThat(change.ref().id())
                .as("who is read again at another time is the same")
                .isEqualTo("upstream-data-changed/3/42/" + timestamp);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2000-01-01T00:00:00Z", "2026-03-02T06:00:05Z"})
    void shouldTakeAnyTimeFromTwoThousandToADayAhead(String time) {
        var arrival = Arrivals.plain("{\"space\": \"s1\", \"changed_at\": \"" + time + "\"}");

        var change = read(arrival);

        assertThat(change.ref().changedAt()).isEqualTo(time);
    }

    @Test
    void shouldReadARefreshAsAChangeOfItsReport() {
        var arrival = Arrivals.plain(
                "{\"report_token\": \"r1\", \"dataset_tokens\": [\"d2\", \"d1\"], \"reason\": \"board meeting\"}");

        var refresh = usable(reader.readRefresh(arrival, ACME, NOW));

        assertThat(refresh)
                .isEqualTo(new Change(
                        "acme",
                        new Target.Report("r1", new TreeSet<>(List.of("d1", "d2"))),
                        new ChangeRef(
                                "/kafka/upstream-data-changed",
                                "upstream-data-changed/3/42/1772344800123",
                                RECORDED_AT,
                                "board meeting"),
                        Traces.none(),
                        arrival.place()));
    }

    @Test
    void shouldMeanAllThatAReportImportsWhereARefreshNamesNoDatasets() {
        var refresh = usable(reader.readRefresh(Arrivals.plain("{\"report_token\": \"r1\"}"), ACME, NOW));

        assertThat(refresh.target()).isEqualTo(new Target.Report("r1", Collections.emptySortedSet()));
    }

    @Test
    void shouldTakeForABackfillAChangeThatSaysSoButNoRefresh() {
        var reason = "\"reason\": \"Backfill of 2019\"}";

        var change = read(Arrivals.plain("{\"space\": \"s1\", " + reason));
        var refresh = usable(reader.readRefresh(Arrivals.plain("{\"report_token\": \"r1\", " + reason), ACME, NOW));

        assertThat(change.isBackfill()).isTrue();
        assertThat(refresh.isBackfill()).as("somebody waits for it").isFalse();
    }
}
