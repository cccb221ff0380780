package io.freshet.mode.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.mode.limit.BudgetDrill.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whenever a request arrives between its departure and its answer, Mode never sees more than the limit. */
@Execution(ExecutionMode.CONCURRENT)
class BudgetLimitTest {

    private static final int REQUESTS = 8;
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int CALLERS = 400;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldStayInTheSlidingWindowWhenRequestsArriveAtTheWorstTimes(long seed) {
        var calls = drill(seed).calls();

        assertThat(calls).allSatisfy(last -> assertThat(calls.stream()
                        .filter(call -> mayShareAWindow(call, last))
                        .count())
                .as("calls that may be seen in one window with %s", last)
                .isLessThanOrEqualTo(REQUESTS));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldStayInTheSlidingWindowWheneverRequestsArrive(long seed) {
        var calls = drill(seed).calls();

        for (var arrivals : manyArrivals(calls, new Random(seed))) {
            assertThat(arrivals).allSatisfy(first -> assertThat(arrivals.stream()
                            .filter(arrival -> !arrival.isBefore(first) && arrival.isBefore(first.plus(PERIOD)))
                            .count())
                    .as("arrivals in the window from %s", first)
                    .isLessThanOrEqualTo(REQUESTS));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldNeverOverflowALeakyBucketWheneverRequestsArrive(long seed) {
        var calls = drill(seed).calls();

        for (var arrivals : manyArrivals(calls, new Random(seed))) {
            assertThat(highestLevel(arrivals)).isLessThan(REQUESTS + 1e-6);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldServeEverybody(long seed) {
        assertThat(drill(seed).served()).isEqualTo(CALLERS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldLetNobodyLeaveInAPause(long seed) {
        var drill = drill(seed);

        assertThat(drill.pauses()).isNotEmpty().allSatisfy(pause -> assertThat(drill.calls())
                .noneMatch(
                        call -> call.left().isAfter(pause.from()) && call.left().isBefore(pause.until())));
    }

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    private static BudgetDrill drill(long seed) {
        var drill = new BudgetDrill(seed, REQUESTS, PERIOD);
        drill.run(CALLERS, Duration.ofMinutes(5));
        return drill;
    }

    /** The earlier one may arrive as late as its answer, the later one as early as it leaves. */
    private static boolean mayShareAWindow(Call earlier, Call later) {
        return !earlier.left().isAfter(later.left())
                && earlier.answered().plus(PERIOD).isAfter(later.left());
    }

    private static List<List<Instant>> manyArrivals(List<Call> calls, Random random) {
        return List.of(
                arrivals(calls, Call::left),
                arrivals(calls, Call::answered),
                arrivals(calls, call -> random.nextBoolean() ? call.left() : call.answered()),
                arrivals(calls, call -> between(call, random.nextDouble())),
                arrivals(calls, call -> between(call, random.nextDouble())));
    }

    private static List<Instant> arrivals(List<Call> calls, Function<Call, Instant> arrival) {
        return calls.stream().map(arrival).sorted().toList();
    }

    private static Instant between(Call call, double part) {
        return call.left().plusNanos((long)
                (Duration.between(call.left(), call.answered()).toNanos() * part));
    }

    private static double highestLevel(List<Instant> arrivals) {
        var highest = 0.0;
        var level = 0.0;
        var before = arrivals.get(0);
        for (var arrival : arrivals) {
            var drained = (double) Duration.between(before, arrival).toNanos() / PERIOD.toNanos() * REQUESTS;
            level = Math.max(0, level - drained) + 1;
            highest = Math.max(highest, level);
            before = arrival;
        }
        return highest;
    }
}
