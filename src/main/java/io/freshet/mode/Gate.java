package io.freshet.mode;

import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.limit.Budget;
import io.freshet.mode.limit.BudgetUse;
import io.freshet.mode.limit.CircuitBreaker;
import io.freshet.mode.limit.Lane;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Stands in front of every call to a workspace: lets as many through as its budget and its circuit allow. */
final class Gate {

    private static final Logger LOG = Logger.getLogger(Gate.class);
    private static final String UNCONFIRMED =
            "it isn't confirmed that this replica's part of the budget is still its own: calls wait until it is";

    private final String account;
    private final Budget budget;
    private final CircuitBreaker circuit;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final OneShotTimer timer;

    Gate(String account, Budget budget, CircuitBreaker circuit, Clock clock, MeterRegistry metrics) {
        this.account = account;
        this.budget = budget;
        this.circuit = circuit;
        this.clock = clock;
        this.metrics = metrics;
        this.timer = new OneShotTimer(clock, this::letThrough);
        gauge(
                "freshet.budget.limit",
                "requests per period that are used of the workspace's limit",
                () -> use().limit());
        gauge("freshet.budget.free", "calls that could leave now", () -> use().free());
        gauge("freshet.budget.waiting", "calls that wait for their turn", () -> use().waiting());
        gauge(
                "freshet.circuit.open",
                "1 while calls are held back because Mode is in trouble",
                () -> circuitTrouble().isPresent() ? 1 : 0);
    }

    private void gauge(String name, String what, Supplier<Number> value) {
        Gauge.builder(name, value).description(what).tag("account", account).register(metrics);
    }

    synchronized BudgetUse use() {
        return budget.use(clock.instant());
    }

    Uni<Permit> permit(Lane lane, Instant priority, String groupKey) {
        return Uni.createFrom().deferred(() -> {
            var granted = new CompletableFuture<Permit>();
            var claim = new Budget.Claim(lane, priority, groupKey, () -> grant(lane, granted));
            claim(claim);
            letThrough();
            return Uni.createFrom()
                    .completionStage(granted)
                    .emitOn(Infrastructure.getDefaultExecutor())
                    .plug(permit -> new OnEveryCancellation<>(permit, () -> withdraw(claim, granted)));
        });
    }

    /** As many permits as there are calls, if all of them may leave now and nobody waits for one; else none. */
    synchronized List<Permit> permitsAtOnce(Lane lane, int calls) {
        return circuit.trouble().isEmpty() && budget.takeAtOnce(clock.instant(), calls)
                ? Stream.generate(() -> new Permit(this, lane, circuit.probe()))
                        .limit(calls)
                        .toList()
                : List.of();
    }

    private void grant(Lane lane, CompletableFuture<Permit> granted) {
        var permit = new Permit(this, lane, probe());
        if (!granted.complete(permit)) {
            permit.giveBack(); // nobody waits any more
        }
    }

    private synchronized int probe() {
        return circuit.probe();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with a permit, or never
    private void withdraw(Budget.Claim claim, CompletableFuture<Permit> granted) {
        if (!isWithdrawn(claim)) {
            granted.thenAccept(Permit::giveBack);
        }
    }

    private synchronized boolean isWithdrawn(Budget.Claim claim) {
        return budget.withdraw(claim);
    }

    /** What keeps the calls from leaving, other than that the budget is used up. */
    Optional<String> trouble() {
        return isLeased() ? circuitTrouble() : Optional.of(UNCONFIRMED);
    }

    private synchronized boolean isLeased() {
        return budget.isLeased(clock.instant());
    }

    private synchronized Optional<String> circuitTrouble() {
        return circuit.trouble();
    }

    /** Whether a call that was let through may leave at this moment: the process may have been halted in between. */
    synchronized boolean mayLeave() {
        return budget.mayLeave(clock.instant());
    }

    /** Mode counts so many requests that may still come; a large number where it doesn't say. */
    synchronized void heard(int remaining) {
        budget.calm(clock.instant(), remaining);
    }

    /** A call about this subject was answered, or not. */
    void answered(Permit permit, String subject, Answer<?> answer) {
        settle(permit.probe(), subject, answer.fold(success -> Optional.empty(), Optional::of));
        count(permit, answer.<String>fold(success -> "success", failure -> failure.kind()
                .word()));
        letThrough();
    }

    /** A call left, and nobody waits for its answer any more. It tells nothing of Mode, but Mode may have counted it. */
    void dropped(Permit permit) {
        forget(permit.probe());
        count(permit, Kind.ANSWER_UNKNOWN.word());
        letThrough();
    }

    private synchronized void forget(int probe) {
        budget.answered(clock.instant());
        circuit.unused(probe);
    }

    private void count(Permit permit, String how) {
        metrics.counter(
                        "freshet.mode.requests",
                        "account",
                        account,
                        "lane",
                        permit.lane().word(),
                        "answer",
                        how)
                .increment();
    }

    private synchronized void settle(int probe, String subject, Optional<Failure<?>> failed) {
        var now = clock.instant();
        var before = circuit.trouble();
        budget.answered(now);
        failed.filter(failure -> failure.kind() == Kind.THROTTLED).ifPresent(failure -> {
            budget.throttled(now, failure.pause());
            LOG.warnf("mode=throttling account=%s pause=%s", account, failure.pause());
        });
        failed.filter(Gate::isTrouble)
                .ifPresentOrElse(
                        failure -> circuit.failed(subject, failure.toString(), isOfAllCalls(failure), probe, now),
                        circuit::well);
        tell(before, circuit.trouble());
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

    private void tell(Optional<String> before, Optional<String> after) {
        if (before.isEmpty() && after.isPresent()) {
            LOG.warnf("mode=in_trouble account=%s %s: all that needs Mode waits", account, after.get());
        } else if (before.isPresent() && after.isEmpty()) {
            LOG.infof("mode=well_again account=%s", account);
        }
    }

    void unused(int probe) {
        giveBack(probe);
        letThrough();
    }

    private synchronized void giveBack(int probe) {
        budget.unused();
        circuit.unused(probe);
    }

    void share(double share, Instant effective) {
        setShare(share, effective);
        letThrough();
    }

    private synchronized void setShare(double share, Instant effective) {
        budget.share(share, effective);
    }

    void lease(Instant until) {
        setLease(until);
        letThrough();
    }

    private synchronized void setLease(Instant until) {
        budget.lease(until);
    }

    private synchronized void claim(Budget.Claim claim) {
        budget.claim(claim);
    }

    private void letThrough() {
        granted().forEach(claim -> claim.granted().run());
    }

    private synchronized List<Budget.Claim> granted() {
        var now = clock.instant();
        var granted = budget.grant(now, circuit.allows(now));
        if (!granted.isEmpty()) {
            circuit.left();
        }
        timer.set(
                budget.nextGrant().flatMap(next -> circuit.opensAt().map(opens -> opens.isAfter(next) ? opens : next)));
        return granted;
    }
}
