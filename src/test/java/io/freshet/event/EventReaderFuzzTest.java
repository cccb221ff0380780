package io.freshet.event;

import static io.freshet.event.Arrivals.ACME;
import static io.freshet.event.Arrivals.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Usable records, damaged at random: whatever the bytes, there is an answer and never a failure. */
@Execution(ExecutionMode.CONCURRENT)
class EventReaderFuzzTest {

    private static final int ROUNDS = 5_000;

    private static final String CHANGE =
            "{\"account\": \"acme\", \"datasets\": [\"d1\", \"d2\"], \"changed_at\": \"2026-03-01T05:00:00Z\", \"reason\": \"é\"}";
    private static final String REFRESH =
            "{\"report_token\": \"r1\", \"dataset_tokens\": [\"d1\"], \"changed_at\": \"2026-03-01T05:00:00Z\", \"reason\": \"é\"}";
    private static final List<InboundRecord> WHOLE = List.of(
            Arrivals.plain(CHANGE),
            Arrivals.plain(REFRESH),
            Arrivals.binary(CHANGE, "ce_time", "2026-03-01T05:00:00Z", "ce_subject", "s", "content-type", "text/json"),
            Arrivals.binary(REFRESH, "ce_type", EventReader.REFRESH, "ce_dataschema", "http://acme/schema"),
            Arrivals.structured(
                    "{\"specversion\": \"1.0\", \"type\": \"io.freshet.data-changed.v1\", \"source\": \"/etl\", \"id\": \"1\","
                            + " \"time\": \"2026-03-01T05:00:00Z\", \"more\": 1, \"data\": " + CHANGE + "}"));
    private final EventReader reader = new EventReader();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldNeverFailWhateverTheBytes(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < ROUNDS; round++) {
            var arrival = Damage.to(WHOLE.get(random.nextInt(WHOLE.size())), random);
            try {
                assertThat(reader.readChange(arrival, ACME, NOW)).isNotNull();
                assertThat(reader.readRefresh(arrival, ACME, NOW)).isNotNull();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed %d, round %d: %s".formatted(seed, round, Damage.print(arrival)), e);
            }
        }
    }
}
