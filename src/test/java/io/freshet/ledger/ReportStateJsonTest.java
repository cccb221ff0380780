package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.Kind;
import io.freshet.event.Outcome;
import io.freshet.state.Attempts;
import io.freshet.state.Posting;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportHistory;
import io.freshet.state.ReportOutcome;
import io.freshet.state.ReportState;
import io.freshet.state.Running;
import io.freshet.state.Settled;
import io.freshet.state.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportStateJsonTest {

    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final Attempts TWICE = new Attempts(2, NOON);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldReadBackWhateverItWrote(long seed) throws IOException {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++) {
            var state = state(random);

            var again = ReportStateJson.read(ReportStateJson.write(Kind.REPORT, state), ReportStateJsonTest::causes);

            assertThat(again).as("seed %d, round %d", seed, round).isEqualTo(state);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"state\": \"settled\"}",
                "{\"v\": 1, \"min_reader\": 1}",
                "{\"v\": 1, \"min_reader\": 1, \"state\": \"resting\", \"history\": {}}",
                "{\"v\": 1, \"min_reader\": 1, \"state\": \"settled\", \"since\": \"noon\", \"history\": {}}",
                "{\"v\": 1, \"min_reader\": 1, \"state\": \"settled\", \"since\": \"2026-03-01T12:00:00Z\", \"history\": {\"last_outcome\": \"excellent\"}}",
                "{\"v\": 1, \"min_reader\": 1, \"state\": \"settled\", \"since\": \"2026-03-01T12:00:00Z\", \"history\": {\"outcomes\": [{\"batch\": \"1\", \"outcome\": \"failed\", \"at\": \"2026-03-01T12:00:00Z\"}]}}",
                "{\"v\": 1, \"min_reader\": 1, \"state\": \"settled\", \"since\": \"2026-03-01T12:00:00Z\"}",
                "{\"v\": 1, \"min_reader\": 1, \"state\": \"waiting\"}",
                "{\"v\": 1, \"min_reader\": 1, \"state\": \"posting\"}",
                "{\"v\": 1, \"min_reader\": 1, \"state\": \"running\"}",
                "no"
            })
    void shouldFailOnWhatIsNoState(String text) {
        assertThatThrownBy(
                        () -> ReportStateJson.read(text.getBytes(StandardCharsets.UTF_8), ReportStateJsonTest::causes))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldFailOnAReportThatCarriesABatchThatIsNotOpen() {
        var written = ReportStateJson.write(
                Kind.REPORT,
                new Waiting(
                        new RefreshRequest(new TreeSet<>(List.of("d1")), causes(new TreeSet<>(List.of(7L))), NOON),
                        NOON,
                        TWICE,
                        ReportHistory.EMPTY));

        assertThatThrownBy(() -> ReportStateJson.read(written, batches -> {
                    throw new IOException("no batch " + batches);
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no batch [7]");
    }

    /** What is written for each report that carries a batch must not grow with its changes. */
    @Test
    void shouldStaySmallHoweverManyTheChanges() {
        var causes = ChangeRefs.of(IntStream.range(0, 3_000)
                        .mapToObj(i -> new ChangeRef("/etl", "load-" + i, NOON.plusSeconds(i), "nightly"))
                        .toList())
                .inBatch(1_000_000);
        var request = new RefreshRequest(new TreeSet<>(List.of("d1")), causes, NOON);

        var written = ReportStateJson.write(
                Kind.REPORT,
                new Posting(
                        request, Optional.of(request), NOON, NOON, Optional.empty(), NOON, TWICE, ReportHistory.EMPTY));

        assertThat(written).hasSizeLessThan(512);
    }

    private static ReportState state(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Settled(memory(random), time(random));
            case 1 -> new Waiting(request(random), time(random), attempts(random), memory(random));
            case 2 ->
                new Posting(
                        request(random),
                        random.nextBoolean() ? Optional.of(request(random)) : Optional.empty(),
                        time(random),
                        time(random),
                        random.nextBoolean() ? Optional.of(time(random)) : Optional.empty(),
                        time(random),
                        attempts(random),
                        memory(random));
            default ->
                new Running(
                        request(random),
                        random.nextBoolean() ? Optional.of(request(random)) : Optional.empty(),
                        text(random),
                        time(random),
                        random.nextBoolean(),
                        text(random),
                        time(random),
                        Duration.ofNanos(random.nextLong()),
                        random.nextBoolean() ? Optional.of(time(random)) : Optional.empty(),
                        random.nextBoolean() ? Optional.of(time(random)) : Optional.empty(),
                        memory(random));
        };
    }

    private static RefreshRequest request(Random random) {
        var datasets = new TreeSet<String>();
        IntStream.range(0, 1 + random.nextInt(5)).forEach(i -> datasets.add("d" + random.nextInt(100)));
        return new RefreshRequest(datasets, causes(random), time(random));
    }

    private static ChangeRefs causes(Random random) {
        var batches = new TreeSet<Long>();
        IntStream.range(0, 1 + random.nextInt(3)).forEach(i -> batches.add(1L + random.nextInt(50)));
        return causes(batches);
    }

    /** As they would be found in the batches of these numbers. */
    private static ChangeRefs causes(SortedSet<Long> batches) {
        return batches.stream()
                .map(batch -> ChangeRefs.of(new ChangeRef("/etl", "load-" + batch, NOON.plusSeconds(batch), null))
                        .inBatch(batch))
                .reduce(ChangeRefs::and)
                .orElseThrow();
    }

    private static ReportHistory memory(Random random) {
        var outcomes = new TreeMap<Long, ReportOutcome>();
        IntStream.range(0, random.nextInt(4)).forEach(i -> outcomes.put(1L + random.nextInt(50), outcome(random)));
        return random.nextInt(4) == 0
                ? ReportHistory.EMPTY
                : new ReportHistory(
                        outcomes,
                        random.nextBoolean() ? OUTCOMES.get(random.nextInt(OUTCOMES.size())) : null,
                        random.nextBoolean() ? text(random) : null,
                        random.nextBoolean() ? text(random) : null,
                        random.nextBoolean() ? Duration.ofMillis(random.nextInt()) : null,
                        Collections.emptySortedMap(),
                        null,
                        random.nextBoolean() ? text(random) : null);
    }

    private static ReportOutcome outcome(Random random) {
        return new ReportOutcome(
                OUTCOMES.get(random.nextInt(OUTCOMES.size())),
                time(random),
                random.nextBoolean() ? text(random) : null,
                random.nextBoolean() ? text(random) : null);
    }

    private static Attempts attempts(Random random) {
        return random.nextBoolean() ? Attempts.NONE : new Attempts(random.nextInt(99), time(random));
    }

    private static Instant time(Random random) {
        return Instant.ofEpochSecond(random.nextInt() & 0xffff_ffffL, random.nextInt(1_000_000_000));
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        random.ints(random.nextInt(12), 0, 0xffff).forEach(text::appendCodePoint);
        return text.toString();
    }
}
