package io.freshet.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Freshet's own classes, from intake to limit, in worlds where all goes wrong that a seed can think of. A seed that fails is
 * run alone with {@code -Dsimulation.seed=N}; {@code -Dsimulation.seeds=N} runs more of them.
 */
class SimulationTest {

    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 25);
    private static final Logger FRESHET = Logger.getLogger("io.freshet");

    @BeforeAll
    static void beQuiet() {
        if (Long.getLong("simulation.seed") == null) {
            FRESHET.setLevel(Level.OFF);
        }
    }

    @AfterAll
    static void speakAgain() {
        FRESHET.setLevel(null);
    }

    @Test
    void shouldKeepItsPromisesWhateverHappens() {
        var one = Long.getLong("simulation.seed");
        var seeds = one == null ? LongStream.range(FIRST, FIRST + SEEDS) : LongStream.of(one);

        seeds.forEach(seed -> {
            var simulation = Simulation.run(seed);
            if (one != null) {
                simulation.told().forEach(System.out::println);
            }
            assertThat(simulation.broken())
                    .as("seed %d, which -Dtest=SimulationTest -Dsimulation.seed=%d runs alone", seed, seed)
                    .isEmpty();
        });
    }

    @Test
    void shouldLiveTheSameLifeTwice() {
        assertThat(Simulation.run(FIRST).digest())
                .isEqualTo(Simulation.run(FIRST).digest());
    }
}
