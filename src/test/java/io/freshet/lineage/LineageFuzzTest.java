package io.freshet.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.InboundRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes is read, kept and matched, or refused with a reason; nothing throws. */
@Execution(ExecutionMode.CONCURRENT)
class LineageFuzzTest {

    private static final int ROUNDS = 10_000;
    private static final Instant NOW = Instant.parse("2026-03-01T06:00:05Z");
    private static final List<SourceAddress> SOURCES = List.of(
            source("d1", "jdbc:postgresql", "elsewhere"),
            source("d2", "jdbc:bigquery", ""),
            source("d3", "jdbc:snowflake", "x_y.snowflakecomputing.com"),
            source("d4", "jdbc:athena", "eu-west-1"),
            source("d5", "", ""));

    private final LineageReader reader = new LineageReader();
    private final MatchTables matchTables = new MatchTables(new LineageMappings(
            List.of(new LineageMapping(new Glob("s3://*"), Optional.empty(), Optional.of("acme"), List.of("d6")))));
    private final Map<String, LineageRun> runs = new HashMap<>();

    private static SourceAddress source(String token, String adapter, String host) {
        return new SourceAddress(token, token, adapter, host, OptionalInt.empty(), "", "");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldMakeSomethingOfWhateverComes(long seed) throws IOException {
        var events = new RandomEvents(new Random(seed));
        var changes = 0;
        var unusable = 0;
        for (var round = 0; round < ROUNDS; round++) {
            var value = events.next();
            var read =
                    reader.read(new InboundRecord("openlineage", 0, round, NOW, null, value, new RecordHeaders()), NOW);
            if (read instanceof LineageEvent.OfRun of) {
                changes += heard(of.update());
            } else if (read instanceof LineageEvent.Unusable why) {
                unusable++;
                assertThat(why.code()).isIn("not_json", "not_lineage");
                assertThat(why.reason()).endsWith(".").hasSizeBetween(20, 500);
            }
            assertThat(LineageReader.key(value).map(String::length).orElse(0)).isLessThan(5_000);
        }
        assertThat(changes).as("changes").isGreaterThan(ROUNDS / 100);
        assertThat(unusable).as("dead letters").isBetween(ROUNDS / 100, ROUNDS / 2);
    }

    private int heard(RunUpdate update) throws IOException {
        assertThat(RunUpdateJson.read(RunUpdateJson.write(update))).isEqualTo(update);
        assertThat(RunName.isName(update.run())).isTrue();
        assertThat(update.at()).isBetween(Instant.parse("2000-01-01T00:00:00Z"), NOW.plus(Duration.ofDays(1)));
        var after = LineageRun.after(Optional.ofNullable(runs.get(update.run())), update, NOW);
        if (after.isEmpty()) {
            runs.remove(update.run());
            return 0;
        }
        var run = after.get();
        assertThat(LineageJson.read(LineageJson.write(run))).isEqualTo(run);
        if (!run.isComplete()) {
            runs.put(update.run(), run);
            return 0;
        }
        runs.remove(update.run());
        var matches = matchTables.match("acme", run.outputs(), SOURCES, token -> token.equals("d1"));
        var unmatched = new UnmatchedNamespaces();
        unmatched.addAll(matches.unmatched(), NOW, SOURCES);
        assertThat(unmatched.list()).hasSizeLessThanOrEqualTo(UnmatchedNamespaces.MOST);
        var changes = RunChanges.of(new LineageKey("acme", update.run()), run, matches);
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.ref().source().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 512);
            assertThat(change.ref().id().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 512);
            assertThat(change.tables()).allMatch(table -> !table.isEmpty()).hasSizeLessThanOrEqualTo(1_000);
        });
        return changes.size();
    }
}
