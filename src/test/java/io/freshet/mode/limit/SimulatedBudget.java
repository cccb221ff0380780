package io.freshet.mode.limit;

import io.freshet.mode.Mode;
import java.time.Duration;
import java.time.Instant;

/** The budget of one replica, for a simulation of several. */
public final class SimulatedBudget {

    private final Budget budget;
    private final Duration period;

    public SimulatedBudget(int requests, Duration period) {
        this.budget = new Budget(requests, period);
        this.period = period;
        budget.lease(Instant.EPOCH);
    }

    /** As {@link Mode#share} does it. */
    public void share(double share, boolean takenOver, Instant now) {
        budget.share(share, takenOver ? now.plus(period) : now);
    }

    public void lease(Instant until) {
        budget.lease(until);
    }

    public boolean mayLeave(Instant now) {
        return budget.mayLeave(now);
    }

    public void claim(Lane lane, Instant priority, Runnable granted) {
        budget.claim(new Budget.Claim(lane, priority, "", granted));
    }

    public boolean takeAtOnce(Instant now) {
        return budget.takeAtOnce(now, 1);
    }

    public boolean canGrant(Instant now) {
        budget.grant(now, 0);
        return budget.nextGrant().filter(at -> !at.isAfter(now)).isPresent();
    }

    public void grant(Instant now) {
        budget.grant(now, Integer.MAX_VALUE).forEach(claim -> claim.granted().run());
    }

    public void answered(Instant now) {
        budget.answered(now);
    }

    public void unused() {
        budget.unused();
    }

    public void throttled(Instant now) {
        budget.throttled(now, Duration.ZERO);
    }
}
