package io.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.state.SimulatedReplica.Flaw;
import io.freshet.state.Simulation.Action;
import io.freshet.state.Simulation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The promises hold in every order of events: refreshes, redeliveries, lost answers, crashes between any two steps.
 * {@code -Dfreshet.seed=N} takes one seed only.
 */
@Execution(ExecutionMode.CONCURRENT)
class ReportStateSimulationTest {

    private static final int SEEDS = Sequences.wanted(8_000);
    private static final int ACTIONS = 150;

    private record Failure(long seed, List<Action> actions, Simulation simulation) {
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

    /** Rare at random: a third run is looked for within the tolerance of Mode's clock, while two others were in it. */
    @Test
    void shouldTellShortRunsApart() {
        var begins = List.of(new Action(Kind.REFRESH, 0), new Action(Kind.STEP, 0));
        var ends = List.of(
                new Action(Kind.STEP, 0),
                new Action(Kind.STEP, 0),
                new Action(Kind.TIME_PASSES, 0),
                new Action(Kind.RUN_ENDS, 0),
                new Action(Kind.HINT, 0),
                new Action(Kind.STEP, 0),
                new Action(Kind.STEP, 0));
        var actions = new ArrayList<Action>();
        List.of(begins, ends, begins, ends, begins, List.of(new Action(Kind.CRASH, 0)))
                .forEach(actions::addAll);

        var simulation = Simulation.run(actions, Flaw.NONE);

        assertThat(simulation.broken()).as(simulation::trace).isEmpty();
        assertThat(simulation.runs()).as(simulation::trace).isEqualTo(3);
    }

    @Test
    void shouldSimulateWhatMatters() {
        var runs = LongStream.range(0, 100)
                .mapToInt(seed -> Simulation.run(Simulation.actions(seed, ACTIONS), Flaw.NONE)
                        .runs())
                .summaryStatistics();

        assertThat(runs.getAverage()).isGreaterThan(2);
    }

    @ParameterizedTest
    @CsvSource({
        "POSTS_AGAIN_BLINDLY, Once",
        "TRUSTS_THE_FIRST_LISTING, Once",
        "DOES_NOT_SAVE_THE_INTENT, Once",
        "TELLS_BEFORE_IT_SAVES, Told",
        "FORGETS_WHAT_COMES_WHILE_RUNNING, Covered",
        "TAKES_ONE_WISH_AT_A_TIME, Coalesced"
    })
    void shouldCatchAReplicaThatBreaksAPromise(Flaw flaw, String promise) {
        var failure = firstFailure(LongStream.range(0, 1_000), flaw, promise);

        assertThat(failure).isPresent();
        var caught = failure.orElseThrow();
        assertThat(caught.actions()).as(caught::toString).hasSizeLessThan(12);
    }

    private static Optional<Failure> firstFailure(LongStream seeds, Flaw flaw, String promise) {
        return seeds.filter(seed -> breaks(Simulation.actions(seed, ACTIONS), flaw, promise))
                .boxed()
                .findFirst()
                .map(seed -> {
                    var shortest =
                            Shortening.of(Simulation.actions(seed, ACTIONS), actions -> breaks(actions, flaw, promise));
                    return new Failure(seed, shortest, Simulation.run(shortest, flaw));
                });
    }

    private static boolean breaks(List<Action> actions, Flaw flaw, String promise) {
        return Simulation.run(actions, flaw).broken().stream().anyMatch(broken -> broken.startsWith(promise));
    }
}
