package io.freshet.state;

import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.ReportKey;
import io.freshet.state.SimulatedMember.Flaw;
import io.freshet.state.SimulatedReplica.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The life of a cluster as a sequence of actions. The same actions always make the same life. */
final class ClusterSimulation {

    enum Kind {
        STEPS(50),
        TIME_PASSES(18),
        REFRESH(8),
        REDELIVERY(3),
        RUN_ENDS(6),
        CRASH(3),
        HALT(3),
        GO_ON(4),
        JOIN(2),
        LEAVE(2),
        REBALANCE(3);

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
    private static final Duration TICK = Duration.ofSeconds(1);
    /** When a member that isn't heard of has surely been lost. */
    private static final int TICKS_OF_INTEREST = 12;

    private static final List<Integer> PAUSES = List.of(1, 1, 3, 3, 5, 12, 25, 120);
    private static final List<Fate> FATES = List.of(
            Fate.TAKEN,
            Fate.TAKEN,
            Fate.TAKEN,
            Fate.TAKEN,
            Fate.TAKEN,
            Fate.LOST_AFTER,
            Fate.LOST_AND_LATE,
            Fate.LOST_BEFORE,
            Fate.REFUSED,
            Fate.THROTTLED);
    private static final int MOST_MEMBERS = 3;
    private static final Duration TO_REST = Duration.ofSeconds(20);
    private static final int ROUNDS_TO_REST = 500;
    private static final int STEPS_TO_REST = 5_000;

    private final SimulatedWorld world = new SimulatedWorld();
    private final SimulatedKafka kafka;
    private final Flaw flaw;
    private final List<SimulatedMember> members = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final List<Supplier<String>> trace = new ArrayList<>();
    private final Set<String> broken = new TreeSet<>();

    private ClusterSimulation(Flaw flaw) {
        this.flaw = flaw;
        this.kafka = new SimulatedKafka(world, flaw != Flaw.IS_NOT_FENCED);
        start(true);
        start(false);
        tick(TICK);
    }

    static List<Action> actions(long seed, int count) {
        var random = new Random(seed);
        var total = KINDS.stream().mapToInt(kind -> kind.weight).sum();
        return IntStream.range(0, count)
                .mapToObj(n -> new Action(pick(random.nextInt(total)), random.nextInt(1_000_000)))
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
    static ClusterSimulation run(List<Action> actions, Flaw flaw) {
        var simulation = new ClusterSimulation(flaw);
        for (var action : actions) {
            simulation.take(action);
            simulation.note(action);
        }
        simulation.comeToRest();
        return simulation;
    }

    Set<String> broken() {
        var all = new TreeSet<>(broken);
        all.addAll(world.broken());
        return all;
    }

    int runs() {
        return world.runs();
    }

    String trace() {
        return trace.stream().map(Supplier::get).collect(Collectors.joining("\n"));
    }

    private void note(Action action) {
        var when = world.now();
        var states = kafka.states();
        trace.add(() -> "%s %-20s %s"
                .formatted(
                        when,
                        action,
                        states.entrySet().stream()
                                .map(one -> one.getKey().reportToken() + " "
                                        + one.getValue().name())
                                .collect(Collectors.joining(", "))));
    }

    private void take(Action action) {
        var number = action.number();
        var member = members.get(number % members.size());
        switch (action.kind()) {
            case STEPS -> steps(number / 10, member);
            case TIME_PASSES -> pass(PAUSES.get(number % PAUSES.size()));
            case REFRESH -> refresh(number);
            case REDELIVERY -> redeliver(number);
            case RUN_ENDS -> world.mode(report(number)).endOldest(Run.Status.SUCCEEDED, world.now());
            case CRASH -> replace(member);
            case HALT -> member.halts();
            case GO_ON -> members.forEach(SimulatedMember::goesOn);
            case JOIN -> IntStream.range(members.size(), MOST_MEMBERS).limit(1).forEach(n -> start(false));
            case LEAVE -> leave(member);
            case REBALANCE -> kafka.shuffle(1);
        }
        kafka.balance();
    }

    private void start(boolean isFirst) {
        var member = new SimulatedMember(world, kafka, flaw, isFirst);
        members.add(member);
        kafka.join(member);
    }

    private void steps(int number, SimulatedMember member) {
        for (var n = 0; n <= number % 8 && member.isUp(); n++) {
            member.step(number / 8 % 97 + n, FATES.get((number / 800 + n * 7) % FATES.size()));
        }
    }

    private void replace(SimulatedMember member) {
        member.halts();
        members.remove(member);
        start(false);
    }

    private void leave(SimulatedMember member) {
        if (members.size() > 1 && member.isUp()) {
            members.remove(member);
            kafka.leave(member);
        }
    }

    private void pass(int seconds) {
        var ticks = Math.min(seconds, TICKS_OF_INTEREST);
        IntStream.range(0, ticks).forEach(n -> tick(TICK));
        if (seconds > ticks) {
            tick(TICK.multipliedBy(seconds - ticks));
        }
    }

    private void tick(Duration time) {
        world.pass(time);
        members.stream().filter(SimulatedMember::isUp).forEach(SimulatedMember::heartbeats);
        kafka.balance();
    }

    private static ReportKey report(int number) {
        return SimulatedWorld.REPORTS.get(number % SimulatedWorld.REPORTS.size());
    }

    /** A change that is news to one report, or to all of them. */
    private void refresh(int number) {
        var change = "change" + changes.size();
        changes.add(change);
        if (number % 3 == 0) {
            SimulatedWorld.REPORTS.forEach(report -> append(report, change));
        } else {
            append(report(number), change);
        }
    }

    private void redeliver(int number) {
        if (!changes.isEmpty()) {
            append(report(number), changes.get(number / 10 % changes.size()));
        }
    }

    private void append(ReportKey report, String change) {
        var cause = new ChangeRef("/etl", change, Samples.NOON, null);
        kafka.append(report, new RefreshRequest(Samples.datasets("d1"), ChangeRefs.of(List.of(cause)), world.now()));
    }

    private void comeToRest() {
        members.forEach(SimulatedMember::goesOn);
        for (var round = 0; round < ROUNDS_TO_REST; round++) {
            tick(TO_REST); // first of all, since until it hears of its fate, a zombie tries for ever
            SimulatedWorld.REPORTS.forEach(report -> world.mode(report).endAll(world.now()));
            members.forEach(this::doAll);
            if (kafka.isAtRest()
                    && SimulatedWorld.REPORTS.stream()
                            .noneMatch(one -> world.mode(one).isExpecting())) {
                return;
            }
        }
        broken.add("Covered: it never comes to rest");
    }

    private void doAll(SimulatedMember member) {
        var steps = 0;
        while (steps < STEPS_TO_REST && member.step(0, Fate.TAKEN)) {
            steps++;
        }
    }
}
