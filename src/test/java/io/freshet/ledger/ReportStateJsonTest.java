package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.Identities;
import io.freshet.event.Traces;
import io.freshet.state.Attempts;
import io.freshet.state.Posting;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportHistory;
import io.freshet.state.ReportState;
import io.freshet.state.Running;
import io.freshet.state.Settled;
import io.freshet.state.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportStateJsonTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final RefreshRequest REQUEST = new RefreshRequest(
            new TreeSet<>(List.of("d1", "d2")),
            ChangeRefs.of(
                    new ChangeRef("/etl", "load-1", NOON, "nightly"), new ChangeRef("/etl", "load-2", NOON, null)),
            NOON);
    private static final RefreshRequest NEXT = new RefreshRequest(
            new TreeSet<>(List.of("d3")),
            ChangeRefs.of(new ChangeRef("/etl", "load-3", NOON, null, "5a1d"))
                    .in(Traces.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")),
            NOON);
    private static final ReportHistory MEMORY = new ReportHistory(
            Identities.of(new ChangeRef("/etl", "load-0", NOON, null)), "run0", "freshet", Duration.ofMillis(61_500));
    private static final Attempts TWICE = new Attempts(2, NOON);

    private static final String REQUEST_JSON = """
            {"dataset_tokens": ["d1", "d2"],
             "causes": {"listed": [
                 {"source": "/etl", "id": "load-1", "changed_at": "2026-03-01T12:00:00.123456Z", "reason": "nightly"},
                 {"source": "/etl", "id": "load-2", "changed_at": "2026-03-01T12:00:00.123456Z"}],
               "count": 2, "ids": "AjUT7+9M2QvNNGEmkb9D2g=="},
             "requested_at": "2026-03-01T12:00:00.123456Z", "backfill": false}""";
    private static final String NEXT_JSON = """
            {"dataset_tokens": ["d3"],
             "causes": {"listed": [{"source": "/etl", "id": "load-3", "changed_at": "2026-03-01T12:00:00.123456Z", "data_source": "5a1d"}],
               "count": 1, "ids": "EB/R8BVR180=",
               "traces": ["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"]},
             "requested_at": "2026-03-01T12:00:00.123456Z", "backfill": false}""";
    private static final String MEMORY_JSON = """
            {"covered": "vtJTTmE1UYI=", "last_run": "run0", "executed_by": "freshet", "runtime": "PT1M1.5S"}""";
    private static final String TWICE_JSON = """
            {"count": 2, "since": "2026-03-01T12:00:00.123456Z"}""";

    private final ObjectMapper mapper = new ObjectMapper();

    /** What lies on the topic of every installation: a version that can't read these can't be installed. */
    static Stream<Arguments> stored() {
        return Stream.of(
                Arguments.of(new Settled(ReportHistory.EMPTY, NOON), """
                        {"state": "settled", "memory": {"covered": ""}, "since": "2026-03-01T12:00:00.123456Z"}"""),
                Arguments.of(
                        new Waiting(REQUEST, NOON, Attempts.NONE, MEMORY), """
                        {"state": "waiting", "request": %s, "not_before": "2026-03-01T12:00:00.123456Z",
                         "attempts": {"count": 0}, "memory": %s}""".formatted(REQUEST_JSON, MEMORY_JSON)),
                Arguments.of(
                        new Posting(REQUEST, Optional.of(NEXT), NOON, NOON, Optional.empty(), NOON, TWICE, MEMORY),
                        """
                        {"state": "posting", "request": %s, "next": %s, "attempted_at": "2026-03-01T12:00:00.123456Z",
                         "not_created_before": "2026-03-01T12:00:00.123456Z", "look_at": "2026-03-01T12:00:00.123456Z",
                         "attempts": %s, "memory": %s}""".formatted(REQUEST_JSON, NEXT_JSON, TWICE_JSON, MEMORY_JSON)),
                Arguments.of(
                        new Posting(REQUEST, Optional.empty(), NOON, NOON, Optional.of(NOON), NOON, TWICE, MEMORY),
                        """
                        {"state": "posting", "request": %s, "attempted_at": "2026-03-01T12:00:00.123456Z",
                         "not_created_before": "2026-03-01T12:00:00.123456Z",
                         "grace_from": "2026-03-01T12:00:00.123456Z", "look_at": "2026-03-01T12:00:00.123456Z",
                         "attempts": %s, "memory": %s}""".formatted(REQUEST_JSON, TWICE_JSON, MEMORY_JSON)),
                Arguments.of(
                        new Running(
                                REQUEST,
                                Optional.empty(),
                                "run1",
                                NOON,
                                true,
                                "enqueued",
                                NOON,
                                Duration.ofSeconds(3),
                                Optional.of(NOON),
                                Optional.of(NOON),
                                MEMORY),
                        """
                        {"state": "running", "request": %s, "run_token": "run1", "accepted_at": "2026-03-01T12:00:00.123456Z",
                         "adopted": true, "mode_state": "enqueued", "ask_at": "2026-03-01T12:00:00.123456Z",
                         "poll_interval": "PT3S", "missing_since": "2026-03-01T12:00:00.123456Z",
                         "listed_since": "2026-03-01T12:00:00.123456Z", "memory": %s}""".formatted(REQUEST_JSON, MEMORY_JSON)));
    }

    @ParameterizedTest
    @MethodSource("stored")
    void shouldWriteAsEver(ReportState state, String stored) throws IOException {
        var written = ReportStateJson.write(state);

        assertThat(mapper.readTree(written)).isEqualTo(mapper.readTree(stored));
    }

    @ParameterizedTest
    @MethodSource("stored")
    void shouldReadWhatWasEverWritten(ReportState state, String stored) throws IOException {
        var read = ReportStateJson.read(stored.getBytes(StandardCharsets.UTF_8));

        assertThat(read).isEqualTo(state);
    }

    @ParameterizedTest
    @MethodSource("stored")
    void shouldIgnoreFieldsOfALaterVersion(ReportState state, String stored) throws IOException {
        var later = mapper.readTree(stored);
        later.findParents("memory").forEach(parent -> ((ObjectNode) parent).put("later", "1"));
        later.findParents("covered").forEach(parent -> ((ObjectNode) parent).putObject("later"));
        later.findParents("listed").forEach(parent -> ((ObjectNode) parent).putArray("later"));
        later.findParents("dataset_tokens").forEach(parent -> ((ObjectNode) parent).put("later", 1));

        var read = ReportStateJson.read(mapper.writeValueAsBytes(later));

        assertThat(read).isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldReadBackWhateverItWrote(long seed) throws IOException {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++) {
            var state = state(random);

            var again = ReportStateJson.read(ReportStateJson.write(state));

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
                "{\"state\": \"resting\"}",
                "{\"state\": \"settled\"}",
                "{\"state\": \"waiting\"}",
                "{\"state\": \"posting\"}",
                "{\"state\": \"running\"}",
                "no"
            })
    void shouldFailOnWhatIsNoState(String text) {
        assertThatThrownBy(() -> ReportStateJson.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldStaySmallHoweverManyTheChanges() {
        var causes = ChangeRefs.of(IntStream.range(0, 3_000)
                .mapToObj(i -> new ChangeRef("/etl", "load-" + i, NOON.plusSeconds(i), "nightly"))
                .toList());
        var request = new RefreshRequest(new TreeSet<>(List.of("d1")), causes, NOON);
        var memory = new ReportHistory(causes.identities(), null, null, null);

        var written = ReportStateJson.write(
                new Posting(request, Optional.of(request), NOON, NOON, Optional.empty(), NOON, TWICE, memory));

        assertThat(written).hasSizeLessThan(128 << 10);
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
        return ChangeRefs.of(IntStream.range(0, random.nextInt(4) == 0 ? random.nextInt(400) : random.nextInt(4))
                .mapToObj(i -> new ChangeRef(
                        text(random), text(random) + i, time(random), random.nextBoolean() ? text(random) : null))
                .toList());
    }

    private static ReportHistory memory(Random random) {
        return random.nextInt(4) == 0
                ? ReportHistory.EMPTY
                : new ReportHistory(
                        causes(random).identities(),
                        random.nextBoolean() ? text(random) : null,
                        random.nextBoolean() ? text(random) : null,
                        random.nextBoolean() ? Duration.ofMillis(random.nextInt()) : null);
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
