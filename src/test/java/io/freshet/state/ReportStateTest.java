package io.freshet.state;

import static io.freshet.state.Samples.NOON;
import static io.freshet.state.Samples.remembering;
import static io.freshet.state.Samples.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportStateTest {

    @Test
    void shouldListEveryStateByItsName() {
        var states = Arrays.stream(ReportState.class.getPermittedSubclasses())
                .map(state -> state.getSimpleName().toLowerCase(Locale.ROOT));

        assertThat(states).containsExactlyInAnyOrderElementsOf(ReportState.NAMES);
    }

    /** One that carries batch 5, and 6 in what follows where it can have that, after an end for 1 and 2. */
    static Stream<ReportState> states() {
        var request = request("d1", 5);
        var next = Optional.of(request("d2", 6));
        var history = remembering(1, 2);
        return Stream.of(
                new Settled(history, NOON),
                new Waiting(request, NOON, Attempts.NONE, history),
                new Posting(request, next, NOON, NOON, Optional.empty(), NOON, Attempts.NONE, history),
                new Running(
                        request,
                        next,
                        "run1",
                        NOON,
                        false,
                        "enqueued",
                        NOON,
                        Duration.ofSeconds(2),
                        Optional.empty(),
                        Optional.empty(),
                        history));
    }

    @ParameterizedTest
    @MethodSource("states")
    void shouldCarryTheBatchesForWhichItHasNotComeToItsEnd(ReportState state) {
        var carried = state.fold(
                settled -> List.<Long>of(),
                waiting -> List.of(5L),
                posting -> List.of(5L, 6L),
                running -> List.of(5L, 6L));

        assertThat(state.carried().toList()).isEqualTo(carried);
    }

    @ParameterizedTest
    @MethodSource("states")
    void shouldTakeEachBatchOnce(ReportState state) {
        var batches = LongStream.concat(state.carried().mapToLong(batch -> batch), LongStream.of(1, 2, 9));

        batches.forEach(batch -> {
            var once = state.merge(request("d3", (int) batch));

            assertThat(once.carried().filter(number -> number == batch)).hasSize(batch < 3 ? 0 : 1);
            assertThat(once.merge(request("d4", (int) batch))).isSameAs(once);
        });
    }

    @ParameterizedTest
    @MethodSource("states")
    void shouldForgetTheEndsForBatchesThatAreSettledAndNothingElse(ReportState state) {
        var counting = state.counting(batch -> batch == 2);

        assertThat(counting).isEqualTo(state.with(remembering(2)));
        assertThat(counting.carried().toList()).isEqualTo(state.carried().toList());
        assertThat(counting.step()).isEqualTo(state.step());
        assertThat(counting.counting(batch -> batch == 2)).isSameAs(counting);
    }
}
