package io.freshet.event;

import static io.freshet.event.Arrivals.ACME;
import static io.freshet.event.Arrivals.NOW;
import static io.freshet.event.Arrivals.header;
import static io.freshet.event.Arrivals.usable;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace goes in with a change, and out with what follows from it. */
class TracesTest {

    private static final String ONE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String OTHER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String JSON = "{\"space\": \"s1\"}";

    private final EventReader reader = new EventReader();
    private final EventWriter writer = new EventWriter(Presentations.WITH_NAMES);

    private Traces read(InboundRecord arrival) {
        return usable(reader.readChange(arrival, ACME, NOW)).traces();
    }

    private static ChangeRefs changedAt(Instant time, String trace) {
        return ChangeRefs.of(new ChangeRef("/etl", "load-" + time + trace, time, null))
                .in(Traces.of(trace));
    }

    @Test
    void shouldTakeTheTraceOfARecord() {
        var plain = Arrivals.of(Arrivals.utf8(JSON), "traceparent", ONE);
        var binary = Arrivals.binary(JSON, "traceparent", ONE);

        assertThat(read(plain).parent()).contains(ONE);
        assertThat(read(binary).parent()).contains(ONE);
    }

    @Test
    void shouldTakeTheTraceOfAnEnvelope() {
        var binary = Arrivals.binary(JSON, "ce_traceparent", ONE);
        var structured = Arrivals.structured("""
                {"specversion": "1.0", "type": "io.freshet.data-changed.v1", "source": "/etl", "id": "load-1",
                 "traceparent": "%s", "data": {"space": "s1"}}""".formatted(ONE));

        assertThat(read(binary).parent()).contains(ONE);
        assertThat(read(structured).parent()).contains(ONE);
    }

    @Test
    void shouldPreferTheTraceOfTheLastHop() {
        var both = Arrivals.binary(JSON, "ce_traceparent", OTHER, "traceparent", ONE);

        assertThat(read(both).parents()).containsExactly(ONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no trace",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\nevil: header"
            })
    void shouldNotMindWhatIsNoTrace(String text) {
        var arrival = Arrivals.of(Arrivals.utf8(JSON), "traceparent", text);

        assertThat(read(arrival)).isEqualTo(Traces.none());
    }

    @Test
    void shouldGoOnWithTheTraceOfTheOldestChange() {
        var older = changedAt(NOON, ONE);
        var newer = changedAt(NOON.plusSeconds(1), OTHER);

        assertThat(older.and(newer).traces().parents()).containsExactly(ONE, OTHER);
        assertThat(newer.and(older).traces().parents()).containsExactly(ONE, OTHER);
    }

    @Test
    void shouldGoOnWithTheTraceThatThereIs() {
        var older = ChangeRefs.of(new ChangeRef("/etl", "untraced", NOON, null));
        var newer = changedAt(NOON.plusSeconds(1), OTHER);

        assertThat(older.and(newer).traces().parent()).contains(OTHER);
    }

    @Test
    void shouldLinkNoMoreThanAFew() {
        var all = IntStream.range(1, 100)
                .mapToObj(number -> Traces.of("00-%032x-%016x-01".formatted(number, number)))
                .reduce(Traces.none(), Traces::and);

        assertThat(all.parents()).hasSize(Traces.MOST);
    }

    @Test
    void shouldWriteTheTraceThatGoesOnIntoAHeader() {
        var causes = changedAt(NOON, ONE).and(changedAt(NOON.plusSeconds(1), OTHER));

        assertThat(header(writer.write("run-accepted", accepted(causes)), "traceparent"))
                .isEqualTo(ONE);
    }

    @Test
    void shouldWriteNoHeaderWhereThereIsNoTrace() {
        var causes = ChangeRefs.of(new ChangeRef("/etl", "untraced", NOON, null));

        assertThat(Arrivals.names(writer.write("run-accepted", accepted(causes))))
                .doesNotContain("traceparent");
    }

    private static RunAccepted accepted(ChangeRefs causes) {
        return new RunAccepted(
                new ReportKey("acme", "r1"),
                Optional.empty(),
                "run1",
                new TreeSet<>(List.of("d1")),
                causes,
                NOON,
                false);
    }
}
