package io.freshet.mode.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Callers who come at random and are answered after a random time, or never call after all. */
final class BudgetDrill {

    private static final List<Lane> LANES = List.of(Lane.values());

    /** Mode sees the request at some time between the two. */
    record Call(Instant left, Instant answered) {}

    /** Mode has said 429 at the one, and wants to be left alone until the other. */
    record Pause(Instant from, Instant until) {}

    private final Random random;
    private final VirtualTime time;
    private final Budget budget;
    private final Duration period;
    private final Set<Instant> wakes = new HashSet<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<Pause> pauses = new ArrayList<>();
    private int served;

    BudgetDrill(long seed, int requests, Duration period) {
        this.random = new Random(seed);
        this.time = new VirtualTime(random);
        this.budget = new Budget(requests, period);
        this.period = period;
        budget.own(VirtualTime.START, TakeOver.unused());
    }

    /** Until the last caller has been served, or nothing more will happen. */
    void run(int callers, Duration arriveWithin) {
        for (var caller = 0; caller < callers; caller++) {
            time.at(VirtualTime.START.plus(time.part(arriveWithin)), this::arrive);
        }
        while (time.goOn()) {
            grant();
        }
    }

    List<Call> calls() {
        return calls;
    }

    List<Pause> pauses() {
        return pauses;
    }

    /** Those who were let through, whether they called or not. */
    int served() {
        return served;
    }

    private void arrive() {
        budget.claim(new Claim(
                LANES.get(random.nextInt(LANES.size())), time.now().minus(time.part(period)), "", probe -> {}));
    }

    private void grant() {
        budget.grant(time.now(), Integer.MAX_VALUE).forEach(claim -> leave());
        budget.nextGrant().ifPresent(next -> {
            if (!next.isAfter(time.now())) {
                throw new AssertionError(
                        "at " + time.now() + " nobody is let through, and yet the next grant is at " + next);
            }
            if (wakes.add(next)) {
                time.at(next, () -> {});
            }
        });
    }

    private void leave() {
        served++;
        if (random.nextInt(20) == 0) {
            time.at(time.now().plus(time.part(period)), budget::unused);
            return;
        }
        var call = new Call(time.now(), time.now().plus(latency()));
        calls.add(call);
        time.at(call.answered(), this::answer);
    }

    private void answer() {
        budget.answered(time.now());
        if (random.nextInt(50) == 0) {
            var asked = random.nextBoolean() ? Duration.ZERO : time.part(period.multipliedBy(3));
            budget.throttled(time.now(), asked);
            pauses.add(new Pause(time.now(), time.now().plus(asked.isZero() ? period : asked)));
        }
    }

    /** Mostly much less than a period, sometimes none at all, sometimes several periods. */
    private Duration latency() {
        return switch (random.nextInt(10)) {
            case 0 -> Duration.ZERO;
            case 1 -> time.part(period.multipliedBy(3));
            default -> time.part(period.dividedBy(10));
        };
    }
}
