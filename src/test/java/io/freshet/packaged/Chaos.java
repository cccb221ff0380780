package io.freshet.packaged;

import java.time.Duration;
import java.util.Random;

/**
 * Chance, where {@code -Pchaos} asks for it: {@code freshet.chaos.rounds} of each scenario. What it draws follows from
 * {@code freshet.chaos.seed}, which is printed, so that a round can be drawn again.
 */
final class Chaos {

    private static final long SEED = Long.getLong("freshet.chaos.seed", System.nanoTime());

    private Chaos() {}

    /** 0 where nothing is left to chance. */
    static int rounds() {
        return Integer.getInteger("freshet.chaos.rounds", 0);
    }

    /** For how long Mode's answers are bad. */
    static Duration badAnswers() {
        return Duration.parse(System.getProperty("freshet.chaos.bad-answers", "PT3M"));
    }

    static Random random(String scenario) {
        System.out.printf("freshet.chaos.seed=%d scenario=%s%n", SEED, scenario);
        return new Random(SEED ^ scenario.hashCode());
    }
}
