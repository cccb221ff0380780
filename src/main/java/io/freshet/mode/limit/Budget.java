package io.freshet.mode.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The requests that a workspace allows: never more than {@code requests} in any window of {@code period}. A request
 * arrives at Mode some time between its departure and its answer, so its slot is free again one period after the
 * <em>answer</em>; that holds for a sliding window as for a leaky bucket. The owner of the workspace has all of it, and
 * everybody else has nothing. Plain Java, without a clock, which must be one that never steps; not for several threads.
 */
public final class Budget {

    /** Each call under way costs some 15 KB; no Mode answers more of them any sooner. */
    static final int MOST_AT_ONCE = 200;

    private final LearnedLimit limit;
    private final Duration period;
    private final Lanes waiting = new Lanes();
    private final Slots slots;
    private Instant pausedUntil = Instant.MIN;
    private Instant leasedUntil = Instant.MAX;
    private boolean isOwned;
    private boolean isLeaving;
    private boolean isLapsed;

    public Budget(int requests, Duration period) {
        this.limit = new LearnedLimit(requests, period);
        this.period = period;
        this.slots = new Slots(period);
    }

    /** The workspace is this replica's; until this is called it isn't. Without effect if it is already. */
    public void own(Instant now, TakeOver how) {
        if (isOwned) {
            return;
        }
        isOwned = true;
        isLeaving = false;
        slots.inherit(how.remaining(), now);
        pauseUntil(now.plus(how.pause()));
    }

    /** The workspace is this replica's for a moment yet: nothing more leaves, so that {@link #isIdle} comes soon. */
    public void leave() {
        isLeaving = true;
    }

    /** Whether no call is under way. */
    public boolean isIdle() {
        return slots.underWay() == 0;
    }

    /** The workspace is another's: nothing is granted, and what was granted and hasn't left may not leave. */
    public void disown() {
        isOwned = false;
    }

    public boolean isOwned() {
        return isOwned;
    }

    /**
     * What the heir must know. Empty while a call is under way: how long that counts is not known before its answer. If
     * it is there, the workspace is no longer owned, so that it stays true.
     */
    public Optional<HandOver> handOver(Instant now) {
        if (!isIdle()) {
            return Optional.empty();
        }
        catchUp(now);
        disown();
        var pause = isPaused(now) ? Duration.between(now, pausedUntil) : Duration.ZERO;
        return Optional.of(new HandOver(slots.handOver(now), pause));
    }

    /** Until when the workspace is sure to be this replica's, or nothing may be granted; for ever until this is called. */
    public void lease(Instant until) {
        leasedUntil = until;
    }

    public boolean isLeased(Instant now) {
        return now.isBefore(leasedUntil);
    }

    /** Whether nothing may leave yet, however much is free: Mode asked for that, or it is unknown who called before. */
    public boolean isPaused(Instant now) {
        return now.isBefore(pausedUntil);
    }

    /** Whether a call that was granted may leave now: meanwhile Mode may have said 429, or another become the owner. */
    public boolean mayLeave(Instant now) {
        catchUp(now);
        return isOwned && !isLapsed && !isPaused(now) && slots.taken() <= capacity();
    }

    public void claim(Claim claim) {
        waiting.add(claim);
    }

    /** Nobody waits for it any more; false if it has been granted. */
    public boolean withdraw(Claim claim) {
        return waiting.remove(claim);
    }

    /** Takes the claims that may call now, at most so many. */
    public List<Claim> grant(Instant now, int most) {
        catchUp(now);
        var granted = new ArrayList<Claim>();
        while (granted.size() < most && isOpen(now)) {
            var next = waiting.next(free() > reserve());
            if (next.isEmpty()) {
                break;
            }
            granted.add(next.get());
            slots.take();
        }
        return granted;
    }

    private void catchUp(Instant now) {
        isLapsed = !isLeased(now);
        slots.catchUp(now);
    }

    /** When the next claim can be granted, if one waits, and neither an answer nor a longer lease is needed for that. */
    public Optional<Instant> nextGrant() {
        if (!isOwned || isLapsed || waiting.isEmpty() || slots.underWay() >= MOST_AT_ONCE) {
            return Optional.empty();
        }
        var openAt = free() > (waiting.isBackfillOnly() ? reserve() : 0) ? Optional.of(pausedUntil) : slots.nextFree();
        return openAt.map(at -> at.isAfter(pausedUntil) ? at : pausedUntil).filter(this::isLeased);
    }

    private int capacity() {
        return isOwned && !isLeaving ? limit.value() : 0;
    }

    /** A call that was granted has come to its end, however it ended. */
    public void answered(Instant now) {
        slots.answered(now);
    }

    /** A call that was granted is not made. */
    public void unused() {
        slots.unused();
    }

    /** Mode said 429: nothing leaves for as long as it asks, or for a period if it doesn't say. */
    public void throttled(Instant now, Duration pause) {
        limit.tooMuch(now);
        pauseUntil(now.plus(pause.isZero() ? period : pause));
    }

    private void pauseUntil(Instant until) {
        pausedUntil = until.isAfter(pausedUntil) ? until : pausedUntil;
    }

    /** How many slots have become free ever; to be kept for {@link #calm} when a call leaves. */
    public long freed(Instant now) {
        catchUp(now);
        return slots.freed();
    }

    /**
     * A call was answered well, and Mode counted so many that may still come, at some time between its leaving and now.
     *
     * @param remaining {@code X-RateLimit-Remaining}, or a large number if Mode doesn't say
     * @param freedBefore {@link #freed} when it left: what has become free since may not have been so for Mode
     */
    public void calm(Instant now, int remaining, long freedBefore) {
        catchUp(now);
        // The owner takes no more than the limit, so if less is left, a stranger uses the credential.
        limit.heard(now, remaining < free() - (slots.freed() - freedBefore));
    }

    /** What there is to be seen of it. */
    public BudgetUse use(Instant now) {
        catchUp(now);
        return new BudgetUse(limit.value(), capacity(), isLapsed ? 0 : free(), waiting.sizes());
    }

    /** How many calls could leave now, but for a pause. */
    private int free() {
        return Math.max(0, capacity() - slots.taken());
    }

    private boolean isOpen(Instant now) {
        return free() > 0 && slots.underWay() < MOST_AT_ONCE && isLeased(now) && !isPaused(now);
    }

    /** What a backfill leaves alone, so that a change that comes meanwhile finds something free at once. */
    private int reserve() {
        return capacity() / 5;
    }
}
