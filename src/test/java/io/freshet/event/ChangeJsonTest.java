package io.freshet.event;

import static io.freshet.event.Arrivals.ACME;
import static io.freshet.event.Arrivals.NOW;
import static io.freshet.event.Arrivals.usable;
import static io.freshet.event.Arrivals.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was saved by one version is read by the next. */
class ChangeJsonTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final RecordPlace PLACE =
            new RecordPlace("upstream-data-changed", 3, 42, Instant.parse("2026-03-01T06:00:00.123Z"));

    /** Each with the text that version 1 writes. A sample is never changed: a later version adds its own. */
    static Stream<Arguments> samples() {
        return Stream.of(
                Arguments.of(change(new Target.DataSource("5a1d"), "nightly", "5a1d", Traces.of(TRACE)), """
                        {"v":1,"account":"acme","data_source":"5a1d","source":"/etl","id":"load-1",\
                        "changed_at":"2026-03-01T05:00:00.000000001Z","reason":"nightly","topic":"upstream-data-changed",\
                        "partition":3,"offset":42,"timestamp":1772344800123,\
                        "traces":["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"]}"""),
                Arguments.of(change(new Target.Space("50ace"), null, null, Traces.none()), """
                        {"v":1,"account":"acme","space":"50ace","source":"/etl","id":"load-1",\
                        "changed_at":"2026-03-01T05:00:00.000000001Z","topic":"upstream-data-changed",\
                        "partition":3,"offset":42,"timestamp":1772344800123}"""),
                Arguments.of(
                        change(new Target.Datasets(new TreeSet<>(List.of("d1", "d2"))), null, null, Traces.none()),
                        """
                        {"v":1,"account":"acme","datasets":["d1","d2"],"source":"/etl","id":"load-1",\
                        "changed_at":"2026-03-01T05:00:00.000000001Z","topic":"upstream-data-changed",\
                        "partition":3,"offset":42,"timestamp":1772344800123}"""),
                Arguments.of(
                        change(new Target.Report("r1", new TreeSet<>(List.of("d1"))), null, null, Traces.none()), """
                        {"v":1,"account":"acme","report":"r1","report_datasets":["d1"],"source":"/etl","id":"load-1",\
                        "changed_at":"2026-03-01T05:00:00.000000001Z","topic":"upstream-data-changed",\
                        "partition":3,"offset":42,"timestamp":1772344800123}"""),
                Arguments.of(
                        change(new Target.Report("r1", Collections.emptySortedSet()), null, null, Traces.none()), """
                        {"v":1,"account":"acme","report":"r1","report_datasets":[],"source":"/etl","id":"load-1",\
                        "changed_at":"2026-03-01T05:00:00.000000001Z","topic":"upstream-data-changed",\
                        "partition":3,"offset":42,"timestamp":1772344800123}"""));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldWriteTheFormOfToday(Change change, String sample) {
        assertThat(new String(ChangeJson.write(change), StandardCharsets.UTF_8)).isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldReadEveryFormThatThereWas(Change change, String sample) throws IOException {
        assertThat(ChangeJson.read(utf8(sample))).isEqualTo(change);
    }

    @Test
    void shouldIgnoreWhatALaterVersionAddsForItsOwnUse() throws IOException {
        var change = change(new Target.Space("50ace"), null, null, Traces.none());
        var more = new String(ChangeJson.write(change), StandardCharsets.UTF_8).replace("{", "{\"held\":{\"by\":1},");

        assertThat(ChangeJson.read(utf8(more))).isEqualTo(change);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "hello",
                "{\"v\":0,\"space\":\"s\"}",
                "{\"v\":1}",
                "{\"v\":1,\"account\":\"acme\",\"space\":\"s\"}",
                "{\"v\":1,\"account\":\"acme\",\"space\":7,\"source\":\"s\",\"id\":\"i\",\"changed_at\":\"2026-03-01T05:00:00Z\",\"topic\":\"t\"}",
                "{\"v\":1,\"account\":\"acme\",\"space\":\"s\",\"source\":\"s\",\"id\":\"i\",\"changed_at\":\"noon\",\"topic\":\"t\"}",
                "{\"v\":1,\"account\":\"acme\",\"source\":\"s\",\"id\":\"i\",\"changed_at\":\"2026-03-01T05:00:00Z\",\"topic\":\"t\"}"
            })
    void shouldRefuseWhatIsNoChange(String text) {
        assertThatThrownBy(() -> ChangeJson.read(utf8(text))).isInstanceOf(IOException.class);
    }

    @Test
    void shouldRefuseWhatOnlyALaterVersionMayRead() {
        var later = new String(
                        ChangeJson.write(change(new Target.Space("50ace"), null, null, Traces.none())),
                        StandardCharsets.UTF_8)
                .replace("\"v\":1", "\"v\":2");

        assertThatThrownBy(() -> ChangeJson.read(utf8(later)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a later version of Freshet wrote it: 2");
    }

    @Test
    void shouldBringBackWhateverTextAChangeGave() throws IOException {
        var change =
                usable(new EventReader().readChange(Arrivals.structured("""
                                {"specversion": "1.0", "type": "io.freshet.data-changed.v1", "source": "/etl",
                                 "id": "\\ud83d \\u0000 é", "data": {"space": "s1", "reason": "\\ude00 \\" %s"}}
                                """.formatted("😀".repeat(1_000))), ACME, NOW));

        var again = ChangeJson.read(ChangeJson.write(change));

        assertThat(again).isEqualTo(change);
        assertThat(ChangeKey.of(again)).isEqualTo(ChangeKey.of(change));
    }

    private static Change change(Target target, @Nullable String reason, @Nullable String dataSource, Traces traces) {
        return new Change(
                "acme",
                target,
                new ChangeRef("/etl", "load-1", Instant.parse("2026-03-01T05:00:00.000000001Z"), reason, dataSource),
                traces,
                PLACE);
    }
}
