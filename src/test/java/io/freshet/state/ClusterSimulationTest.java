package io.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.state.ClusterSimulation.Action;
import io.freshet.state.SimulatedMember.Flaw;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * State machine, ledger, budget and shares together: replicas that join, leave, crash and stand still between any two
 * steps, transactions that are refused, aborted or lost. {@code -Dfreshet.seed=N} takes one seed only.
 */
@Execution(ExecutionMode.CONCURRENT)
class ClusterSimulationTest {

    private static final int SEEDS = Sequences.wanted(2_500);
    private static final int ACTIONS = 150;

    private record Failure(long seed, List<Action> actions, ClusterSimulation simulation) {
        @Override
        public String toString() {
            return "seed %d breaks %s%nwith %s%n%s".formatted(seed, simulation.broken(), actions, simulation.trace());
        }
    }

    @Test
    void shouldKeepThePromisesWhateverHappens() {
        var failure = firstFailure(Sequences.seeds(SEEDS), Flaw.NONE, "");

        assertThat(failure).as(() -> failure.map(Failure::toString).orElse("")).isEmpty();
    }

    @Test
    void shouldSimulateWhatMatters() {
        var runs = LongStream.range(0, 100)
                .mapToInt(seed -> ClusterSimulation.run(ClusterSimulation.actions(seed, ACTIONS), Flaw.NONE)
                        .runs())
                .summaryStatistics();

        assertThat(runs.getAverage()).isGreaterThan(5);
    }

    @Test
    void shouldMakeTheSameOfTheSameSeed() {
        var once = ClusterSimulation.run(ClusterSimulation.actions(7, ACTIONS), Flaw.NONE);
        var again = ClusterSimulation.run(ClusterSimulation.actions(7, ACTIONS), Flaw.NONE);

        assertThat(again.trace()).isEqualTo(once.trace());
    }

    @ParameterizedTest
    @CsvSource({
        "IS_NOT_FENCED, Told",
        "ACKNOWLEDGES_WHAT_IT_READS, Covered",
        "USES_A_SHARE_AT_ONCE, Within budget",
        "CALLS_WITHOUT_A_LEASE, Within budget",
        "POSTS_LATE, Once",
    })
    void shouldCatchAReplicaThatBreaksAPromise(Flaw flaw, String promise) {
        var failure = firstFailure(LongStream.range(0, 2_000), flaw, promise);

        assertThat(failure).isPresent();
        var caught = failure.orElseThrow();
        assertThat(caught.actions()).as(caught::toString).hasSizeLessThan(40);
    }

    private static Optional<Failure> firstFailure(LongStream seeds, Flaw flaw, String promise) {
        return seeds.filter(seed -> breaks(ClusterSimulation.actions(seed, ACTIONS), flaw, promise))
                .boxed()
                .findFirst()
                .map(seed -> {
                    var shortest = Shortening.of(
                            ClusterSimulation.actions(seed, ACTIONS), actions -> breaks(actions, flaw, promise));
                    return new Failure(seed, shortest, ClusterSimulation.run(shortest, flaw));
                });
    }

    private static boolean breaks(List<Action> actions, Flaw flaw, String promise) {
        return ClusterSimulation.run(actions, flaw).broken().stream().anyMatch(broken -> broken.startsWith(promise));
    }
}
