package io.freshet.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.InboundRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Events as Spark's listener wrote them. */
class RecordedEventsTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    /** By the table that was written, each as its last event has left it; in the order of their first ones. */
    private static Map<String, Optional<LineageRun>> runs() throws IOException {
        var runs = new LinkedHashMap<String, Optional<LineageRun>>();
        events().forEach(event -> event.fold(
                update -> runs.merge(
                        update.run(),
                        LineageRun.after(Optional.empty(), update, NOW),
                        (before, first) -> LineageRun.after(before, update, NOW)),
                none -> Optional.empty(),
                (code, reason) -> {
                    throw new AssertionError(reason);
                }));
        return runs;
    }

    private static List<LineageEvent> events() throws IOException {
        var reader = new LineageReader();
        var events = new ArrayList<LineageEvent>();
        for (var line : Files.readAllLines(Path.of("src/test/resources/lineage/spark.jsonl"))) {
            events.add(reader.read(
                    new InboundRecord(
                            "openlineage", 0, events.size(), NOW, null, line.getBytes(UTF_8), new RecordHeaders()),
                    NOW));
        }
        return events;
    }

    @Test
    void shouldReadEachOfThemAndPassOverWhatWritesNothing() throws IOException {
        assertThat(events())
                .hasSize(12)
                .filteredOn(LineageEvent.OfRun.class::isInstance)
                .hasSize(11);
        assertThat(events().get(0)).isEqualTo(LineageEvent.NoConcern.NO_OUTPUT);
    }

    @Test
    void shouldKnowWhatEachRunHasWrittenByEachOfItsNames() throws IOException {
        var written = runs().values().stream().flatMap(Optional::stream).toList();

        assertThat(written).allMatch(LineageRun::isComplete);
        assertThat(written.stream().flatMap(run -> run.outputs().all().stream()).map(Output::names))
                .containsExactly(
                        List.of(
                                new TableName("file:/data/warehouse", "shop.totals"),
                                new TableName("file", "/data/warehouse/shop.db/totals")),
                        List.of(new TableName("h2:/data/h2db", "ORDERS")),
                        List.of(
                                new TableName("file:/data/warehouse", "shop.totals"),
                                new TableName("file", "/data/warehouse/shop.db/totals")));
    }

    /** Its listener tells FAIL of the job, and then COMPLETE of the query. It may have written a part: once too often is better. */
    @Test
    void shouldTakeSparksWordThatARunIsCompleteThoughItsJobHasFailed() throws IOException {
        var phases = new LinkedHashMap<String, List<RunPhase>>();
        events().forEach(event -> event.fold(
                update -> phases.computeIfAbsent(update.run(), first -> new ArrayList<>())
                        .add(update.phase()),
                none -> false,
                (code, reason) -> false));

        assertThat(phases.values())
                .contains(List.of(RunPhase.START, RunPhase.RUNNING, RunPhase.FAIL, RunPhase.COMPLETE));
    }
}
