package io.freshet.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One world, from its beginning until it is quiet. The same seed always makes the same one. */
final class Simulation {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Duration LONGEST_STORY = Duration.ofMinutes(6);
    private static final int LOOKS = 6 * 180;

    private final World world;
    private final Script script;
    private final List<String> broken = new ArrayList<>();

    private Simulation(long seed) {
        this.world = new World(seed);
        this.script = new Script(world);
    }

    static Simulation run(long seed) {
        var simulation = new Simulation(seed);
        simulation.live();
        return simulation;
    }

    /** Sentences; empty where all promises were kept. */
    List<String> broken() {
        return broken;
    }

    List<String> told() {
        return script.told();
    }

    long posts() {
        return world.accounts().stream()
                .flatMap(account -> world.mode(account).calls().stream())
                .filter(call -> call.isPost())
                .count();
    }

    /** Of two lives of one seed it is the same. */
    String digest() {
        var time = world.time();
        return "%d things at times %08x, %d posts, until %s"
                .formatted(time.happened(), time.when(), posts(), time.now());
    }

    private void live() {
        world.time().runUntil(VirtualTime.START.plus(LONGEST_STORY));
        script.heal();
        var isQuiet = false;
        for (var look = 0; look < LOOKS && !isQuiet; look++) {
            world.time().runUntil(world.time().now().plus(LOOK_EVERY));
            if (world.replicas().isEmpty()) {
                world.start();
            }
            new Holds(world).releaseAll();
            isQuiet = isQuiet();
        }
        if (!isQuiet) {
            broken.add("at rest: it is never quiet");
        }
        broken.addAll(Verdict.of(world, script.inputs().useless()));
    }

    /** Whether all is read, and the memory holds nothing that is open. */
    private boolean isQuiet() {
        return world.intakeGroup().isAtTheEnd()
                && IntStream.range(0, world.partitions().count()).allMatch(this::isRead)
                && world.accounts().stream()
                        .allMatch(account -> Verdict.isAtRest(world, account)
                                && new Holds(world).held(account).isEmpty());
    }

    private boolean isRead(int partition) {
        return world.transactions().position(partition)
                == world.topics()
                        .partition(SimulatedTopics.NAMES.inbox(), partition)
                        .size();
    }

    Instant end() {
        return world.time().now();
    }
}
