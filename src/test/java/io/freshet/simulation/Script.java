package io.freshet.simulation;

import io.freshet.event.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What befalls the world, and when: the same seed, the same fate. */
final class Script {

    private enum Deed {
        CHANGE(30),
        AGAIN(6),
        REFRESH(8),
        USELESS(3),
        RUN_OF_ETL(6),
        NO_EVENT_OF_ETL(1),
        BURST(1),
        KILL(4),
        HALT(4),
        STOP(2),
        START(2),
        SHUFFLE(3),
        SET_CLOCK(3),
        SET_MODES_CLOCK(2),
        MODE_FAULT(6),
        KAFKA_FAULT(3),
        SLOW_COMMIT(2),
        OBSERVER_FAULT(2),
        MORE_PARTITIONS(1),
        HOLD(3),
        RELEASE(4),
        RUNS_END(3);

        final int weight;

        Deed(int weight) {
            this.weight = weight;
        }
    }

    /** Some are more than one batch takes. */
    private static final int MOST_IN_A_BURST = 12_000;

    private static final int MOST_REPLICAS = 3;
    private static final List<String> ENDINGS = List.of("succeeded", "failed", "cancelled", "completed", "running");

    private final World world;
    private final VirtualTime time;
    private final Inputs inputs;
    private final LineageProducers producers;
    private final Holds holds;
    private final List<String> told = new ArrayList<>();

    Script(World world) {
        this.world = world;
        this.time = world.time();
        this.inputs = new Inputs(world);
        this.producers = new LineageProducers(world, inputs.useless());
        this.holds = new Holds(world);
        plan(
                time.between(Duration.ofSeconds(20), Duration.ofMinutes(5)),
                Duration.ofMillis(200 + time.random().nextInt(4_000)));
    }

    Inputs inputs() {
        return inputs;
    }

    /** What was done, a line each. */
    List<String> told() {
        return told;
    }

    private void plan(Duration length, Duration usualPause) {
        var deeds = new ArrayList<Deed>();
        for (var deed : Deed.values()) {
            // No seed has everything.
            if (deed == Deed.CHANGE || time.chance(0.6)) {
                for (var n = 0; n < deed.weight; n++) {
                    deeds.add(deed);
                }
            }
        }
        if (time.chance(0.85)) {
            deeds.removeIf(deed -> deed == Deed.BURST);
        }
        for (var at = Duration.ZERO;
                at.compareTo(length) < 0;
                at = at.plus(time.between(Duration.ZERO, usualPause.multipliedBy(2)))) {
            var deed = deeds.get(time.random().nextInt(deeds.size()));
            time.after(at, () -> act(deed));
        }
    }

    private void tell(String what) {
        told.add(time.now() + " " + what);
    }

    private void act(Deed deed) {
        if (world.trouble().isHealed()) {
            return;
        }
        tell(deed.toString());
        switch (deed) {
            case CHANGE -> inputs.change();
            case AGAIN -> inputs.again();
            case REFRESH -> inputs.refresh();
            case USELESS -> inputs.unusable();
            case RUN_OF_ETL -> producers.run();
            case NO_EVENT_OF_ETL -> producers.noEvent();
            case BURST -> inputs.burst(100 + time.random().nextInt(time.chance(0.1) ? MOST_IN_A_BURST : 1_000));
            case KILL -> any(replica -> true, this::kill);
            case HALT -> any(replica -> replica.machine().isRunning(), this::halt);
            case STOP ->
                any(replica -> replica.machine().isRunning() && world.replicas().size() > 1, Replica::stop);
            case START -> startUnlessMany();
            case SHUFFLE -> world.owners().shuffle();
            case SET_CLOCK -> any(replica -> true, this::setClock);
            case SET_MODES_CLOCK -> anyMode().setClock(time.millis(-1_000, 1_000));
            case MODE_FAULT -> anyMode().wire().strike(any(SimulatedWire.Fault.values()), time.millis(500, 60_000));
            case KAFKA_FAULT ->
                world.trouble()
                        .strike(
                                time.chance(0.3) ? Trouble.Kind.KAFKA_AWAY : Trouble.Kind.KAFKA_SHAKY,
                                time.millis(500, 25_000));
            case SLOW_COMMIT ->
                any(
                        replica -> replica.machine().isRunning(),
                        replica -> replica.writesNothingFor(time.millis(500, 45_000)));
            case OBSERVER_FAULT -> world.trouble().strike(Trouble.Kind.OBSERVERS, time.millis(500, 30_000));
            case MORE_PARTITIONS -> world.topics().grow(SimulatedTopics.NAMES.upstreamDataChanged(), 1);
            case HOLD -> holds.hold(anyAccount(), anySubject());
            case RELEASE -> release();
            case RUNS_END -> runsEnd();
        }
    }

    private void kill(Replica replica) {
        replica.kill();
        time.after(time.millis(100, 30_000), this::startUnlessMany);
    }

    private void startUnlessMany() {
        if (world.replicas().size() < MOST_REPLICAS) {
            world.start();
        }
    }

    private void halt(Replica replica) {
        replica.machine().halt();
        time.after(time.millis(100, 45_000), () -> replica.machine().goOn());
    }

    /** Back to about right after a while, as who sets clocks wrong notices it. */
    private void setClock(Replica replica) {
        var by = time.chance(0.5) ? time.millis(-5_000, 5_000) : time.millis(-600_000, 600_000);
        replica.machine().setClock(by);
        time.after(time.millis(1_000, 40_000), () -> replica.machine().setClock(by.negated()));
    }

    private void runsEnd() {
        var mode = anyMode();
        var reports = mode.thatMayEndAnyhow();
        var report = reports.get(time.random().nextInt(reports.size()));
        mode.sandbox().runClock().endsAs(report, ENDINGS.get(time.random().nextInt(ENDINGS.size())));
    }

    private Subject anySubject() {
        return switch (time.random().nextInt(4)) {
            case 0 -> Subject.WORKSPACE;
            case 1 -> Subject.dataSource("source" + (1 + time.random().nextInt(2)));
            default -> Subject.report("report" + (1 + time.random().nextInt(3)));
        };
    }

    private void release() {
        var held = holds.held(anyAccount());
        if (!held.isEmpty()) {
            holds.release(held.get(time.random().nextInt(held.size())));
        }
    }

    private SimulatedMode anyMode() {
        return world.mode(anyAccount());
    }

    private String anyAccount() {
        var accounts = List.copyOf(world.accounts());
        return accounts.get(time.random().nextInt(accounts.size()));
    }

    private void any(Predicate<Replica> which, java.util.function.Consumer<Replica> deed) {
        var candidates = world.replicas().stream().filter(which).toList();
        if (!candidates.isEmpty()) {
            deed.accept(candidates.get(time.random().nextInt(candidates.size())));
        }
    }

    private <T> T any(T[] all) {
        return all[time.random().nextInt(all.length)];
    }

    /** All that was halted goes on, runs end, and there is somebody to do the work. */
    void heal() {
        tell("HEAL");
        world.trouble().heal();
        world.replicas().forEach(replica -> replica.machine().goOn());
        world.accounts().forEach(account -> {
            world.mode(account).wire().heal();
            var sandbox = world.mode(account).sandbox();
            sandbox.workspace().reports().forEach(report -> sandbox.runClock().endsAs(report, "succeeded"));
            sandbox.workspace().datasets().forEach(dataset -> sandbox.runClock().endsAs(dataset, "succeeded"));
        });
        if (world.replicas().isEmpty()) {
            world.start();
        }
    }
}
