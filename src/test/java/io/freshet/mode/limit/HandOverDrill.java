package io.freshet.mode.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Replicas that want to call all the time, and own a workspace by turns: they hand over in order, die, or are cut off and
 * don't know.
 */
final class HandOverDrill {

    private static final int REPLICAS = 3;

    /** Mode sees the request at some time between the two. */
    record Call(Instant left, Instant latest) {}

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
    private final VirtualTime time;
    private final int requests;
    private final Duration period;
    private final List<Replica> all = new ArrayList<>();
    private final List<Replica> alive = new ArrayList<>();
    private Optional<Replica> owner = Optional.empty();
    private Optional<Replica> leaving = Optional.empty();
    private int cleanTakeOvers;
    private int callsLostAtOnce;

    HandOverDrill(long seed, int requests, Duration period) {
        this.random = new Random(seed);
        this.time = new VirtualTime(random);
        this.requests = requests;
        this.period = period;
        Stream.generate(this::start).limit(REPLICAS).forEach(alive::add);
    }

    void run(Duration whole) {
        own(alive.get(0), TakeOver.unused());
        while (time.now().isBefore(VirtualTime.START.plus(whole)) && time.goOn()) {
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
        return new Claim(Lane.POST, time.now(), "", probe -> {});
    }

    private void own(Replica heir, TakeOver how) {
        heir.budget.own(time.now(), how);
        owner = Optional.of(heir);
        time.at(time.now().plus(time.part(period.multipliedBy(3))), this::change);
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
        former.budget.handOver(time.now()).ifPresent(left -> {
            leaving = Optional.empty();
            var heir = alive.get(random.nextInt(REPLICAS));
            time.at(time.now().plus(time.part(period.dividedBy(5))), () -> takeOver(heir, left));
        });
    }

    private void takeOver(Replica heir, HandOver left) {
        own(heir, TakeOver.clean(left.remaining(), left.pause()));
        cleanTakeOvers++;
        if (left.pause().isZero()) {
            var use = heir.budget.use(time.now());
            callsLostAtOnce += Math.max(0, use.limit() - left.remaining().size() - use.free());
            callsLostAtOnce += heir.budget.isPaused(time.now()) ? 1 : 0;
        }
    }

    private void die(Replica former) {
        former.isDead = true;
        arriveBy(time.now(), former);
        alive.set(alive.indexOf(former), start());
        inherit(alive.get(random.nextInt(REPLICAS)), time.now());
    }

    /** Its lease ends some time before the group takes it for gone. It goes on, until it hears of that. */
    private void beCutOff(Replica former) {
        var until = time.now().plus(time.part(period.dividedBy(2)));
        former.budget.lease(until);
        time.at(until, () -> {
            arriveBy(time.now(), former);
            former.budget.disown();
            former.budget.lease(Instant.MAX);
            var heir = alive.stream().filter(other -> other != former).findAny().orElseThrow();
            inherit(heir, time.now());
        });
    }

    /** The heir is assigned some time after the last call, and then it restores. */
    private void inherit(Replica heir, Instant last) {
        var assigned = last.plus(time.part(period.dividedBy(2)));
        var restored = assigned.plus(time.part(period.multipliedBy(2)));
        var rest = period.minus(Duration.between(assigned, restored));
        time.at(restored, () -> own(heir, TakeOver.unclean(rest.isNegative() ? Duration.ZERO : rest)));
    }

    /** What has left is in the network, and reaches Mode by time.now() or never. */
    private static void arriveBy(Instant now, Replica replica) {
        replica.calls.forEach(call -> call.latest = call.latest.isAfter(now) ? now : call.latest);
    }

    private void grant(Replica replica) {
        var granted = replica.budget.grant(time.now(), Integer.MAX_VALUE);
        granted.forEach(claim -> {
            replica.budget.claim(claim());
            var soon = time.now().plus(random.nextInt(4) == 0 ? time.part(period.dividedBy(4)) : Duration.ZERO);
            time.at(soon, () -> leave(replica, soon));
        });
        replica.budget
                .nextGrant()
                .filter(replica.wakes::add)
                .ifPresent(next -> time.at(next.isAfter(time.now()) ? next : time.now(), () -> {}));
    }

    private void leave(Replica replica, Instant left) {
        if (replica.isDead) {
            return;
        }
        if (!replica.budget.mayLeave(time.now())) {
            replica.budget.unused();
            return;
        }
        var answered = left.plus(latency());
        replica.calls.add(new UnderWay(left, answered));
        time.at(answered, () -> answer(replica));
    }

    private void answer(Replica replica) {
        replica.budget.answered(time.now());
        if (random.nextInt(60) == 0) {
            replica.budget.throttled(time.now(), random.nextBoolean() ? Duration.ZERO : time.part(period));
        }
    }

    private Duration latency() {
        return random.nextInt(10) == 0 ? time.part(period) : time.part(period.dividedBy(10));
    }
}
