package io.freshet.mode;

import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.limit.Budget;
import io.freshet.mode.limit.BudgetUse;
import io.freshet.mode.limit.CircuitBreaker;
import io.freshet.mode.limit.Claim;
import io.freshet.mode.limit.HandOver;
import io.freshet.mode.limit.Moment;
import io.freshet.mode.limit.TakeOver;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Whether a workspace may be called, by its budget, its lease and its circuit: all of them behind one lock. */
final class RequestLimit {

    private static final Logger LOG = Logger.getLogger(RequestLimit.class);

    /** A claim that may call now. */
    record Grant(Claim claim, int probe) {
        void tell() {
            claim.granted().accept(probe);
        }
    }

    private final String account;
    private final Budget budget;
    private final CircuitBreaker<Failure<?>> circuit;
    private final Clocks clocks;
    private long goodAnswers;
    private Moment leasedUntil = new Moment(Instant.MAX, Instant.MAX);

    RequestLimit(String account, Budget budget, CircuitBreaker<Failure<?>> circuit, Clocks clocks) {
        this.account = account;
        this.budget = budget;
        this.circuit = circuit;
        this.clocks = clocks;
    }

    /** Everything counts by the monotonic clock. Only the lease ends by the wall clock, too. */
    private Instant now() {
        var now = clocks.now();
        if (!now.isBefore(leasedUntil)) {
            budget.lease(Instant.MIN);
        }
        return now.monotonic();
    }

    synchronized void own(TakeOver how) {
        budget.own(now(), how);
    }

    synchronized void leave() {
        budget.leave();
    }

    synchronized boolean isIdle() {
        return budget.isIdle();
    }

    /** How Mode is, others find out from now on. */
    synchronized void disown() {
        budget.disown();
        circuit.forget();
    }

    synchronized Optional<HandOver> handOver() {
        return budget.handOver(now());
    }

    synchronized void lease(Moment until) {
        leasedUntil = until;
        budget.lease(until.monotonic());
    }

    synchronized boolean isOwned() {
        return budget.isOwned();
    }

    /** Whether calls would be held back although the budget has room for them. */
    synchronized boolean isPaused() {
        var now = now();
        return budget.isOwned() && (circuit.trouble().isPresent() || budget.isPaused(now) || !budget.isLeased(now));
    }

    synchronized BudgetUse use() {
        return budget.use(now());
    }

    /** What keeps the calls from leaving, other than that the budget is used up. */
    synchronized Optional<Trouble> trouble() {
        return budget.isLeased(now()) ? circuitTrouble() : Optional.of(new Trouble.Unconfirmed());
    }

    synchronized Optional<Trouble> circuitTrouble() {
        return circuit.trouble().map(Trouble.OfCalls::new);
    }

    synchronized void claim(Claim claim) {
        budget.claim(claim);
    }

    /** False if it has been granted. */
    synchronized boolean withdraw(Claim claim) {
        return budget.withdraw(claim);
    }

    /** @param again is told when it is worth to look again, if nothing happens before; in the order of the looks */
    synchronized List<Grant> grants(Consumer<Optional<Instant>> again) {
        var now = now();
        var granted = budget.grant(now, circuit.allows(now));
        var probe = granted.isEmpty() ? 0 : circuit.left();
        again.accept(
                budget.nextGrant().flatMap(next -> circuit.opensAt().map(opens -> opens.isAfter(next) ? opens : next)));
        return granted.stream().map(claim -> new Grant(claim, probe)).toList();
    }

    /** Whether a call that was let through may leave at this moment: the process may have been halted in between. */
    synchronized boolean mayLeave() {
        return budget.mayLeave(now());
    }

    /** To be kept for {@link #heard} when a call leaves. */
    synchronized long freed() {
        return budget.freed(now());
    }

    /** Mode counted so many requests that may still come; a large number if it doesn't say. */
    synchronized void heard(int remaining, long freedBefore) {
        budget.calm(now(), remaining, freedBefore);
    }

    /** A call about this subject has come to its end. */
    synchronized void answered(int probe, String subject, Optional<Failure<?>> failed) {
        var now = now();
        var before = circuitTrouble();
        budget.answered(now);
        failed.filter(failure -> failure.kind() == Kind.THROTTLED).ifPresent(failure -> {
            budget.throttled(now, failure.pause());
            LOG.warnf("mode=throttling account=%s pause=%s", account, failure.pause());
        });
        failed.filter(RequestLimit::isTrouble)
                .ifPresentOrElse(failure -> failed(subject, failure, probe, now), this::well);
        tell(before, circuitTrouble());
    }

    private void failed(String subject, Failure<?> failure, int probe, Instant now) {
        if (budget.isOwned()) {
            circuit.failed(subject, failure, isOfAllCalls(failure), probe, now);
        }
    }

    private void well() {
        goodAnswers++;
        circuit.well();
    }

    synchronized long goodAnswers() {
        return goodAnswers;
    }

    private static boolean isTrouble(Failure<?> failure) {
        return failure.kind().isTransient() && failure.kind() != Kind.THROTTLED;
    }

    private static boolean isOfAllCalls(Failure<?> failure) {
        return switch (failure.kind()) {
            case UNAUTHORISED, UNREACHABLE, NOT_SENT -> true;
            case BAD_REQUEST, FORBIDDEN, NOT_FOUND, REFUSED, THROTTLED, UNAVAILABLE, UNREADABLE, ANSWER_UNKNOWN ->
                false;
        };
    }

    private void tell(Optional<Trouble> before, Optional<Trouble> after) {
        if (before.isEmpty() && after.isPresent()) {
            LOG.warnf(
                    "mode=in_trouble account=%s %s: calls to Mode are paused",
                    account, after.get().text());
        } else if (before.isPresent() && after.isEmpty()) {
            LOG.infof("mode=well_again account=%s", account);
        }
    }

    /** A call left, and nobody waits for its answer any more. It tells nothing of Mode, but Mode may have counted it. */
    synchronized void dropped(int probe) {
        budget.answered(now());
        circuit.unused(probe);
    }

    /** A call that was let through didn't leave. */
    synchronized void unused(int probe) {
        budget.unused();
        circuit.unused(probe);
    }
}
