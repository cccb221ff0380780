package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.AsyncApi;
import io.freshet.event.Cause;
import io.freshet.event.Causes;
import io.freshet.refresh.Attempts;
import io.freshet.refresh.Memory;
import io.freshet.refresh.Posting;
import io.freshet.refresh.Running;
import io.freshet.refresh.Settled;
import io.freshet.refresh.Standing;
import io.freshet.refresh.Waiting;
import io.freshet.refresh.Wish;
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

/** docs/asyncapi.yaml says what a standing looks like on its topic. */
class DocumentedStandingTest {

    private static final Instant AT = Instant.parse("2026-01-31T06:00:00Z");

    private final AsyncApi api = AsyncApi.read();
    private final StandingJson json = new StandingJson();

    static List<Standing> standings() {
        var causes = Causes.of(new Cause("/etl/orders", "load-1", AT, "hourly load"));
        var wish =
                new Wish(new TreeSet<>(Set.of("c0ffee000001")), causes, AT, Optional.of(Duration.ofSeconds(9)), true);
        var memory = new Memory(causes.identities(), "ba5eba11ba5e", "/api/acme_api", Duration.ofMillis(1500));
        return List.of(
                Standing.unknown(),
                new Settled(memory, AT),
                new Waiting(wish, AT, Attempts.NONE, Memory.EMPTY),
                new Posting(wish, Optional.of(wish), AT, AT, AT, new Attempts(2, AT), memory),
                new Running(
                        wish,
                        Optional.of(wish),
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
    @MethodSource("standings")
    void shouldDescribeEveryStandingThatIsSaved(Standing standing) {
        var saved = json.write(standing);

        assertThat(api.faults(api.schema("Standing"), AsyncApi.json(saved)))
                .as(new String(saved, StandardCharsets.UTF_8))
                .isEmpty();
    }

    @Test
    void shouldDescribeNothingThatIsNeverSaved() {
        var saved = standings().stream()
                .flatMap(standing -> AsyncApi.json(json.write(standing)).properties().stream())
                .map(Map.Entry::getKey)
                .distinct()
                .toList();

        assertThat(api.schema("Standing").path("properties").properties())
                .map(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(saved);
    }

    @Test
    void shouldReadTheExample() throws IOException {
        var example = api.message("standing").at("/examples/0/payload").toString();

        var read = json.read(example.getBytes(StandardCharsets.UTF_8));

        assertThat(read.name()).isEqualTo("running");
    }
}
