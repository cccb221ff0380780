package io.freshet.mode.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However often a workspace changes hands, Mode never sees more than the limit. */
@Execution(ExecutionMode.CONCURRENT)
class HandOverDrillTest {

    private static final int REQUESTS = 8;
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration TIME = Duration.ofMinutes(20);

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldStayInTheWindowAndLeaveNoPauseAfterAHandOverInOrder(long seed) {
        var drill = new HandOverDrill(seed, REQUESTS, PERIOD);

        drill.run(TIME);

        var calls = drill.calls();
        assertThat(calls).hasSizeGreaterThan(200);
        for (var arrivals : manyArrivals(calls, new Random(seed))) {
            assertThat(IntStream.range(REQUESTS, arrivals.size()))
                    .allSatisfy(n -> assertThat(Duration.between(arrivals.get(n - REQUESTS), arrivals.get(n)))
                            .as("from %s on", arrivals.get(n - REQUESTS))
                            .isGreaterThanOrEqualTo(PERIOD));
        }
        assertThat(drill.cleanTakeOvers()).isGreaterThan(5);
        assertThat(drill.callsLostAtOnce()).isZero();
    }

    private static List<List<Instant>> manyArrivals(List<HandOverDrill.Call> calls, Random random) {
        return IntStream.range(0, 6)
                .mapToObj(n -> calls.stream()
                        .map(call -> between(call, n < 2 ? n : n == 2 ? random.nextInt(2) : random.nextDouble()))
                        .sorted()
                        .toList())
                .toList();
    }

    private static Instant between(HandOverDrill.Call call, double part) {
        return call.left()
                .plusNanos((long) (Duration.between(call.left(), call.latest()).toNanos() * part));
    }
}
