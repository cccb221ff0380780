package io.freshet.state;

import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.state.SimulatedReplica.Fate;
import io.freshet.state.SimulatedReplica.Flaw;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A report's life as a sequence of actions. The same actions always make the same life. */
final class Simulation {

    enum Kind {
        STEP(40),
        TIME_PASSES(22),
        REFRESH(10),
        REDELIVERY(6),
        CRASH(6),
        RUN_ENDS(8),
        RUN_VANISHES(1),
        PERSON_RUNS(3),
        HINT(4);

        final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    /** @param number which of its variants */
    record Action(Kind kind, int number) {
        @Override
        public String toString() {
            return kind + "(" + number + ")";
        }
    }

    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(20),
            Duration.ofMinutes(2),
            Duration.ofMinutes(12));
    private static final List<String> TARGETS = List.of("d1", "d1,d2", "d3");
    private static final List<Fate> FATES = List.of(
            Fate.TAKEN,
            Fate.TAKEN,
            Fate.LISTED,
            Fate.LOST_AFTER,
            Fate.LOST_AND_LATE,
            Fate.LOST_BEFORE,
            Fate.REFUSED,
            Fate.THROTTLED);
    private static final List<Run.Status> ENDS = List.of(Run.Status.SUCCEEDED, Run.Status.FAILED, Run.Status.CANCELLED);
    private static final int STEPS_TO_REST = 3_000;

    private final History history = new History();
    private final SimulatedMode mode = new SimulatedMode(history, Duration.ofMillis(700));
    private final SimulatedReplica replica;
    private final List<ChangeRef> changes = new ArrayList<>();
    private final List<Supplier<String>> trace = new ArrayList<>();
    private Instant now = Samples.NOON;

    private Simulation(Flaw flaw) {
        this.replica = new SimulatedReplica(mode, history, flaw, now);
    }

    static List<Action> actions(long seed, int count) {
        var random = new Random(seed);
        var total = KINDS.stream().mapToInt(kind -> kind.weight).sum();
        return IntStream.range(0, count)
                .mapToObj(i -> new Action(pick(random.nextInt(total)), random.nextInt(1_000)))
                .toList();
    }

    private static Kind pick(int number) {
        var left = number;
        for (var kind : KINDS) {
            left -= kind.weight;
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("no kind for " + number);
    }

    /** Takes the actions, and then lets everything come to rest. */
    static Simulation run(List<Action> actions, Flaw flaw) {
        var simulation = new Simulation(flaw);
        for (var action : actions) {
            simulation.take(action);
            simulation.note(action.toString());
        }
        simulation.comeToRest();
        return simulation;
    }

    Set<String> broken() {
        return history.broken();
    }

    int runs() {
        return history.runs();
    }

    String trace() {
        return trace.stream().map(Supplier::get).collect(Collectors.joining("\n"));
    }

    private void take(Action action) {
        var number = action.number();
        switch (action.kind()) {
            case STEP -> replica.step(of(FATES, number));
            case TIME_PASSES -> pass(of(PAUSES, number));
            case REFRESH -> refresh(number % TARGETS.size(), 1 + number / 3 % 2, 0);
            case REDELIVERY -> refresh(number % TARGETS.size(), number / 3 % 2, number / 6);
            case CRASH -> replica.crashes();
            case RUN_ENDS -> mode.endOldest(of(ENDS, number), now);
            case RUN_VANISHES -> replica.state().ifRunning().ifPresent(running -> mode.vanish(running.runToken()));
            case PERSON_RUNS -> mode.personRuns(now);
            case HINT -> replica.hinted();
        }
    }

    /** Some new changes, and some of the same target that came before, however they were put together then. */
    private void refresh(int target, int news, int which) {
        var because = new ArrayList<ChangeRef>();
        for (var i = 0; i < changes.size(); i++) {
            if ((which >> i % 7 & 1) == 1 && changes.get(i).source().equals(TARGETS.get(target))) {
                because.add(changes.get(i));
            }
        }
        for (var i = 0; i < news; i++) {
            changes.add(new ChangeRef(TARGETS.get(target), "change" + changes.size(), now.minusSeconds(9), null));
            because.add(changes.get(changes.size() - 1));
        }
        if (!because.isEmpty()) {
            replica.arrives(new RefreshRequest(Samples.datasets(TARGETS.get(target)), ChangeRefs.of(because), now));
        }
    }

    /** The POST leaves soon after its intent was saved: a replica that was halted for longer must not send it. */
    private void pass(Duration pause) {
        var soon = replica.isBusy() && replica.state() instanceof Posting;
        now = now.plus(soon && pause.compareTo(PAUSES.get(2)) > 0 ? PAUSES.get(2) : pause);
        mode.timePasses(now);
        replica.timeIs(now);
    }

    private void comeToRest() {
        for (var i = 0; i < STEPS_TO_REST; i++) {
            mode.endAll(now);
            if (replica.isBusy() || replica.isDue()) {
                replica.step(Fate.LISTED); // which alone must not leave a run that has failed open for ever
                note("(goes on)");
            } else if (replica.state().step().isPresent() || mode.isExpecting()) {
                pass(Duration.ofSeconds(20));
            } else {
                return;
            }
        }
        history.neverRests();
    }

    private void note(String what) {
        var state = replica.state();
        var when = now;
        trace.add(() -> "%s %-18s %s".formatted(when, what, state));
    }

    private static <T> T of(List<T> all, int number) {
        return all.get(number % all.size());
    }
}
