package io.freshet.mode.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The requests that a workspace allows: never more than {@code requests} in any window of {@code period}. A request
 * arrives at Mode some time between its departure and its answer, so its slot is free again one period after the
 * <em>answer</em>; that holds for a sliding window as for a leaky bucket. Plain Java, without a clock; not for several
 * threads.
 */
public final class Budget {

    /**
     * Somebody who wants to call. Within a lane, the earliest priority goes first; of equal ones, those with the same
     * groupKey go together; of the same groupKey, who came first.
     */
    public record Claim(Lane lane, Instant priority, String groupKey, Runnable granted) {}

    /** A queue's own order isn't that of arrival where priorities are equal. */
    private record Place(Claim claim, long arrival) {
        static final Comparator<Place> ORDER = Comparator.comparing((Place place) -> place.claim.priority())
                .thenComparing(place -> place.claim.groupKey())
                .thenComparingLong(Place::arrival);
    }

    /** So that three thirds of a whole number are that number. */
    private static final double ROUNDING = 1e-9;

    private final LearnedLimit limit;
    private final Duration period;
    private final Map<Lane, PriorityQueue<Place>> waiting = new EnumMap<>(Lane.class);
    private final Map<Lane, Integer> credit = new EnumMap<>(Lane.class);
    private final PriorityQueue<Instant> freeAt = new PriorityQueue<>();
    private long arrivals;
    private int underWay;
    private Instant pausedUntil = Instant.MIN;
    private double share;
    private double nextShare;
    private Instant nextShareAt = Instant.MIN;
    private Instant leasedUntil = Instant.MAX;
    private boolean isLapsed;

    public Budget(int requests, Duration period) {
        this.limit = new LearnedLimit(requests, period);
        this.period = period;
    }

    /**
     * Sets which part of the budget is this replica's, from 0 to 1; none is until this is called. Less counts at once.
     * More counts from then on, since the calls of the replica that had it before are still in Mode's window.
     */
    public void share(double wanted, Instant from) {
        share = Math.min(share, wanted);
        nextShare = wanted;
        nextShareAt = from;
    }

    /** Until when the share is sure to be this replica's, or nothing may be granted; for ever until this is called. */
    public void lease(Instant until) {
        leasedUntil = until;
    }

    public boolean isLeased(Instant now) {
        return now.isBefore(leasedUntil);
    }

    /** Whether a call that was granted may leave now: since then the lease may have ended, or the share become less. */
    public boolean mayLeave(Instant now) {
        catchUp(now);
        return !isLapsed && underWay + freeAt.size() <= capacity();
    }

    public void claim(Claim claim) {
        queue(claim.lane()).add(new Place(claim, arrivals++));
    }

    /** Nobody waits for it any more; false where it has been granted. */
    public boolean withdraw(Claim claim) {
        return queue(claim.lane()).removeIf(place -> place.claim().equals(claim));
    }

    /** Takes the claims that may call now, at most so many. */
    public List<Claim> grant(Instant now, int most) {
        catchUp(now);
        var granted = new ArrayList<Claim>();
        while (granted.size() < most && isOpen(now)) {
            var lane = nextLane();
            if (lane.isEmpty()) {
                break;
            }
            granted.add(queue(lane.get()).remove().claim());
            underWay++;
        }
        return granted;
    }

    /** Takes the places of so many calls, if all of them may leave now and nobody waits for one; else none. */
    public boolean takeAtOnce(Instant now, int calls) {
        catchUp(now);
        var fits = calls <= free() && isOpen(now) && waiting.values().stream().allMatch(PriorityQueue::isEmpty);
        underWay += fits ? calls : 0;
        return fits;
    }

    private void catchUp(Instant now) {
        isLapsed = !isLeased(now);
        if (!now.isBefore(nextShareAt)) {
            share = nextShare;
        }
        while (!freeAt.isEmpty() && !freeAt.peek().isAfter(now)) {
            freeAt.remove();
        }
    }

    /** When the next claim can be granted, if one waits, and neither an answer nor a longer lease is needed for that. */
    public Optional<Instant> nextGrant() {
        if (isLapsed || waiting.values().stream().allMatch(PriorityQueue::isEmpty)) {
            return Optional.empty();
        }
        var openAt = free() > (onlyBackfillWaits() ? reserve() : 0) ? Optional.of(pausedUntil) : nextSlot();
        return openAt.map(at -> at.isAfter(pausedUntil) ? at : pausedUntil).filter(this::isLeased);
    }

    private Optional<Instant> nextSlot() {
        var free = Optional.ofNullable(freeAt.peek());
        return share < nextShare
                ? Optional.of(free.filter(at -> at.isBefore(nextShareAt)).orElse(nextShareAt))
                : free;
    }

    /** How many requests this replica may have in its window: a small share is one request in a longer window. */
    private int capacity() {
        return share > 0 ? Math.max(1, (int) (limit.value() * share + ROUNDING)) : 0;
    }

    private Duration window() {
        var part = limit.value() * share;
        return share > 0 && part < 1 ? Duration.ofNanos((long) (period.toNanos() / part)) : period;
    }

    /** A call that was granted has come to its end, however it ended. */
    public void answered(Instant now) {
        underWay--;
        freeAt.add(now.plus(window()));
    }

    /** A call that was granted is not made. */
    public void unused() {
        underWay--;
    }

    /** Mode said 429: nothing leaves for as long as it asks, or for a period where it doesn't say. */
    public void throttled(Instant now, Duration pause) {
        limit.tooMuch(now);
        var until = now.plus(pause.isZero() ? period : pause);
        if (until.isAfter(pausedUntil)) {
            pausedUntil = until;
        }
    }

    /**
     * A call was answered well, and Mode counts so many that may still come.
     *
     * @param remaining {@code X-RateLimit-Remaining}, or a large number where Mode doesn't say
     */
    public void calm(Instant now, int remaining) {
        // Replicas of ours never take more than their shares, so where less is left, a stranger uses the credential.
        if (remaining < free()) {
            limit.tooMuch(now);
        } else {
            limit.calm(now);
        }
    }

    /** What there is to be seen of it. */
    public BudgetUse use(Instant now) {
        catchUp(now);
        var claims = waiting.values().stream().mapToInt(PriorityQueue::size).sum();
        return new BudgetUse(limit.value(), share, capacity(), isLapsed ? 0 : free(), claims);
    }

    /** How many calls could leave now, but for a pause. */
    private int free() {
        return Math.max(0, capacity() - underWay - freeAt.size());
    }

    private boolean isOpen(Instant now) {
        return free() > 0 && isLeased(now) && !now.isBefore(pausedUntil);
    }

    private boolean onlyBackfillWaits() {
        return waiting.entrySet().stream()
                .allMatch(lane ->
                        lane.getKey() == Lane.BACKFILL || lane.getValue().isEmpty());
    }

    /** What a backfill leaves alone, so that a change that comes meanwhile finds something free at once. */
    private int reserve() {
        return capacity() / 5;
    }

    private boolean mayLeave(Lane lane) {
        // Where others wait to post, the lanes share by weight; the reserve is for those who haven't come yet.
        var mayGo =
                lane != Lane.BACKFILL || free() > reserve() || !queue(Lane.POST).isEmpty();
        return mayGo && !queue(lane).isEmpty();
    }

    /** Smooth weighted round robin over the lanes where somebody waits. */
    private Optional<Lane> nextLane() {
        var total = 0;
        Lane best = null;
        for (var lane : Lane.values()) {
            if (!mayLeave(lane)) {
                credit.put(lane, 0);
                continue;
            }
            total += lane.weight;
            credit.merge(lane, lane.weight, Integer::sum);
            if (best == null || creditOf(lane) > creditOf(best)) {
                best = lane;
            }
        }
        if (best != null) {
            credit.merge(best, -total, Integer::sum);
        }
        return Optional.ofNullable(best);
    }

    private int creditOf(Lane lane) {
        return credit.getOrDefault(lane, 0);
    }

    private PriorityQueue<Place> queue(Lane lane) {
        return waiting.computeIfAbsent(lane, missing -> new PriorityQueue<>(Place.ORDER));
    }
}
