package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.AsyncApi;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/asyncapi.yaml says what a state looks like on its topic. */
class DocumentedStateTest {

    private static final Instant AT = Instant.parse("2026-01-31T06:00:00Z");

    private final AsyncApi api = AsyncApi.read();

    static List<ReportState> states() {
        var causes = ChangeRefs.of(new ChangeRef("/etl/orders", "load-1", AT, "hourly load"))
                .in(Traces.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        var request = new RefreshRequest(
                new TreeSet<>(Set.of("c0ffee000001")), causes, AT, Optional.of(Duration.ofSeconds(9)), true);
        var memory = new ReportHistory(causes.identities(), "ba5eba11ba5e", "/api/acme_api", Duration.ofMillis(1500));
        return List.of(
                ReportState.unknown(),
                new Settled(memory, AT),
                new Waiting(request, AT, Attempts.NONE, ReportHistory.EMPTY),
                new Posting(request, Optional.of(request), AT, AT, Optional.of(AT), AT, new Attempts(2, AT), memory),
                new Running(
                        request,
                        Optional.of(request),
                        "ba5eba11ba5e",
                        AT,
                        true,
                        "enqueued",
                        AT,
                        Duration.ofSeconds(2),
                        Optional.of(AT),
                        Optional.of(AT),
                        memory));
    }

    @ParameterizedTest
    @MethodSource("states")
    void shouldDescribeEveryStateThatIsSaved(ReportState state) {
        var saved = ReportStateJson.write(state);

        assertThat(api.faults(api.schema("ReportState"), AsyncApi.json(saved)))
                .as(new String(saved, StandardCharsets.UTF_8))
                .isEmpty();
    }

    @Test
    void shouldDescribeNothingThatIsNeverSaved() {
        var saved = states().stream()
                .flatMap(state -> AsyncApi.json(ReportStateJson.write(state)).properties().stream())
                .map(Map.Entry::getKey)
                .distinct()
                .toList();

        assertThat(api.schema("ReportState").path("properties").properties())
                .map(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(saved);
    }

    @Test
    void shouldReadTheExample() throws IOException {
        var example = api.message("state").at("/examples/0/payload").toString();

        var read = ReportStateJson.read(example.getBytes(StandardCharsets.UTF_8));

        assertThat(read.name()).isEqualTo("running");
    }
}
