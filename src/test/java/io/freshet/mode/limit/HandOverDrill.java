package io.freshet.mode.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Replicas that want to call all the time, and own a workspace by turns: they hand over in order, die, or are cut off and
 * don't know. Time is virtual.
 */
final class HandOverDrill {

    private static final Instant START = Instant.parse("2026-08-01T00:00:00Z");
    private static final int REPLICAS = 3;

    /** Mode sees the request at some time between the two. */
    record Call(Instant left, Instant latest) {}

    private record Event(Instant at, long number, Runnable deed) {}

    private static final class UnderWay {
        final Instant left;
        Instant latest;

        UnderWay(Instant left, Instant latest) {
            this.left = left;
            this.latest = latest;
        }
    }

    private static final class Replica {
        final Budget budget;
        final Set<Instant> wakes = new HashSet<>();
        final List<UnderWay> calls = new ArrayList<>();
        boolean isDead;

        Replica(Budget budget) {
            this.budget = budget;
        }
    }

    private final Random random;
    private final int requests;
    private final Duration period;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::number));
    private final List<Replica> all = new ArrayList<>();
    private final List<Replica> alive = new ArrayList<>();
    private Optional<Replica> owner = Optional.empty();
    private Optional<Replica> leaving = Optional.empty();
    private Instant now = START;
    private long numbers;
    private int cleanTakeOvers;
    private int callsLostAtOnce;

    HandOverDrill(long seed, int requests, Duration period) {
        this.random = new Random(seed);
        this.requests = requests;
        this.period = period;
        Stream.generate(this::start).limit(REPLICAS).forEach(alive::add);
    }

    void run(Duration time) {
        own(alive.get(0), TakeOver.unused());
        while (now.isBefore(START.plus(time))) {
            var event = events.remove();
            now = event.at();
            event.deed().run();
            leaving.ifPresent(this::leave);
            alive.forEach(this::grant);
        }
    }

    List<Call> calls() {
        return all.stream()
                .flatMap(replica -> replica.calls.stream())
                .map(call -> new Call(call.left, call.latest))
                .toList();
    }

    int cleanTakeOvers() {
        return cleanTakeOvers;
    }

    /** How many more calls an heir after a clean hand-over might have made at once. */
    int callsLostAtOnce() {
        return callsLostAtOnce;
    }

    private Replica start() {
        var replica = new Replica(new Budget(requests, period));
        Stream.generate(this::claim).limit(2L * requests).forEach(replica.budget::claim);
        all.add(replica);
        return replica;
    }

    private Claim claim() {
        return new Claim(Lane.POST, now, "", probe -> {});
    }

    private void own(Replica heir, TakeOver how) {
        heir.budget.own(now, how);
        owner = Optional.of(heir);
        at(now.plus(part(period.multipliedBy(3))), this::change);
    }

    private void change() {
        var former = owner.orElseThrow();
        owner = Optional.empty();
        switch (random.nextInt(3)) {
            case 0 -> die(former);
            case 1 -> beCutOff(former);
            default -> {
                former.budget.disown();
                leaving = Optional.of(former);
            }
        }
    }

    /** In order: as soon as no call is under way. What it leaves is read a little later, by any replica. */
    private void leave(Replica former) {
        former.budget.handOver(now).ifPresent(left -> {
            leaving = Optional.empty();
            var heir = alive.get(random.nextInt(REPLICAS));
            at(now.plus(part(period.dividedBy(5))), () -> takeOver(heir, left));
        });
    }

    private void takeOver(Replica heir, HandOver left) {
        own(heir, TakeOver.clean(left.remaining(), left.pause()));
        cleanTakeOvers++;
        if (left.pause().isZero()) {
            var use = heir.budget.use(now);
            callsLostAtOnce += Math.max(0, use.limit() - left.remaining().size() - use.free());
            callsLostAtOnce += heir.budget.isPaused(now) ? 1 : 0;
        }
    }

    private void die(Replica former) {
        former.isDead = true;
        arriveBy(now, former);
        alive.set(alive.indexOf(former), start());
        inherit(alive.get(random.nextInt(REPLICAS)), now);
    }

    /** Its lease ends some time before the group takes it for gone. It goes on, until it hears of that. */
    private void beCutOff(Replica former) {
        var until = now.plus(part(period.dividedBy(2)));
        former.budget.lease(until);
        at(until, () -> {
            arriveBy(now, former);
            former.budget.disown();
            former.budget.lease(Instant.MAX);
            var heir = alive.stream().filter(other -> other != former).findAny().orElseThrow();
            inherit(heir, now);
        });
    }

    /** The heir is assigned some time after the last call, and then it restores. */
    private void inherit(Replica heir, Instant last) {
        var assigned = last.plus(part(period.dividedBy(2)));
        var restored = assigned.plus(part(period.multipliedBy(2)));
        var rest = period.minus(Duration.between(assigned, restored));
        at(restored, () -> own(heir, TakeOver.unclean(rest.isNegative() ? Duration.ZERO : rest)));
    }

    /** What has left is in the network, and reaches Mode by now or never. */
    private static void arriveBy(Instant now, Replica replica) {
        replica.calls.forEach(call -> call.latest = call.latest.isAfter(now) ? now : call.latest);
    }

    private void grant(Replica replica) {
        var granted = replica.budget.grant(now, Integer.MAX_VALUE);
        granted.forEach(claim -> {
            replica.budget.claim(claim());
            var soon = now.plus(random.nextInt(4) == 0 ? part(period.dividedBy(4)) : Duration.ZERO);
            at(soon, () -> leave(replica, soon));
        });
        replica.budget
                .nextGrant()
                .filter(replica.wakes::add)
                .ifPresent(next -> at(next.isAfter(now) ? next : now, () -> {}));
    }

    private void leave(Replica replica, Instant left) {
        if (replica.isDead) {
            return;
        }
        if (!replica.budget.mayLeave(now)) {
            replica.budget.unused();
            return;
        }
        var answered = left.plus(latency());
        replica.calls.add(new UnderWay(left, answered));
        at(answered, () -> answer(replica));
    }

    private void answer(Replica replica) {
        replica.budget.answered(now);
        if (random.nextInt(60) == 0) {
            replica.budget.throttled(now, random.nextBoolean() ? Duration.ZERO : part(period));
        }
    }

    private Duration latency() {
        return random.nextInt(10) == 0 ? part(period) : part(period.dividedBy(10));
    }

    private Duration part(Duration whole) {
        return Duration.ofNanos((long) (whole.toNanos() * random.nextDouble()));
    }

    private void at(Instant at, Runnable deed) {
        events.add(new Event(at, numbers++, deed));
    }
}
