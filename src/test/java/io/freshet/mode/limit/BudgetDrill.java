package io.freshet.mode.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/** Callers who come at random and are answered after a random time, or never call after all. Time is virtual. */
final class BudgetDrill {

    private static final Instant START = Instant.parse("2026-08-01T00:00:00Z");
    private static final List<Lane> LANES = List.of(Lane.values());

    /** Mode sees the request at some time between the two. */
    record Call(Instant left, Instant answered) {}

    /** Mode has said 429 at the one, and wants to be left alone until the other. */
    record Pause(Instant from, Instant until) {}

    private record Event(Instant at, long number, Runnable deed) {}

    private final Random random;
    private final Budget budget;
    private final Duration period;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::number));
    private final Set<Instant> wakes = new HashSet<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<Pause> pauses = new ArrayList<>();
    private Instant now = START;
    private long numbers;
    private int served;

    BudgetDrill(long seed, int requests, Duration period) {
        this.random = new Random(seed);
        this.budget = new Budget(requests, period);
        this.period = period;
        budget.own(START, TakeOver.unused());
    }

    /** Until the last caller has been served, or nothing more will happen. */
    void run(int callers, Duration arriveWithin) {
        for (var caller = 0; caller < callers; caller++) {
            at(START.plus(part(arriveWithin)), this::arrive);
        }
        while (!events.isEmpty()) {
            var event = events.remove();
            now = event.at();
            event.deed().run();
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
        budget.claim(new Claim(LANES.get(random.nextInt(LANES.size())), now.minus(part(period)), "", probe -> {}));
    }

    private void grant() {
        budget.grant(now, Integer.MAX_VALUE).forEach(claim -> leave());
        budget.nextGrant().ifPresent(next -> {
            if (!next.isAfter(now)) {
                throw new AssertionError("at " + now + " nobody is let through, and yet the next grant is at " + next);
            }
            if (wakes.add(next)) {
                at(next, () -> {});
            }
        });
    }

    private void leave() {
        served++;
        if (random.nextInt(20) == 0) {
            at(now.plus(part(period)), budget::unused);
            return;
        }
        var call = new Call(now, now.plus(latency()));
        calls.add(call);
        at(call.answered(), this::answer);
    }

    private void answer() {
        budget.answered(now);
        if (random.nextInt(50) == 0) {
            var asked = random.nextBoolean() ? Duration.ZERO : part(period.multipliedBy(3));
            budget.throttled(now, asked);
            pauses.add(new Pause(now, now.plus(asked.isZero() ? period : asked)));
        }
    }

    /** Mostly much less than a period, sometimes none at all, sometimes several periods. */
    private Duration latency() {
        return switch (random.nextInt(10)) {
            case 0 -> Duration.ZERO;
            case 1 -> part(period.multipliedBy(3));
            default -> part(period.dividedBy(10));
        };
    }

    private Duration part(Duration whole) {
        return Duration.ofNanos((long) (whole.toNanos() * random.nextDouble()));
    }

    private void at(Instant at, Runnable deed) {
        events.add(new Event(at, numbers++, deed));
    }
}
