package io.freshet.mode;

import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.limit.Budget;
import io.freshet.mode.limit.BudgetUse;
import io.freshet.mode.limit.CircuitBreaker;
import io.freshet.mode.limit.Claim;
import io.freshet.mode.limit.HandOver;
import io.freshet.mode.limit.Lane;
import io.freshet.mode.limit.Moment;
import io.freshet.mode.limit.TakeOver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Stands in front of every call to a workspace: lets as many through as its {@link RequestLimit} allows. */
final class Gate implements WorkspaceLimit {

    private final String account;
    private final RequestLimit limit;
    private final Executor workers;
    private final MeterRegistry metrics;
    private final OneShotTimer timer;

    Gate(
            String account,
            Budget budget,
            CircuitBreaker<Failure<?>> circuit,
            Clocks clocks,
            Executor workers,
            ScheduledExecutorService timer,
            MeterRegistry metrics) {
        this.account = account;
        this.limit = new RequestLimit(account, budget, circuit, clocks);
        this.workers = workers;
        this.metrics = metrics;
        this.timer = new OneShotTimer(clocks.monotonic(), timer, this::letThrough);
        gauge("freshet.workspace.owned", "1 if this replica owns the workspace", () -> limit.isOwned() ? 1 : 0);
        gauge(
                "freshet.workspace.paused",
                "1 while this replica owns the workspace and its calls to Mode are held back",
                () -> limit.isPaused() ? 1 : 0);
        gauge(
                "freshet.budget.limit",
                "requests per period that are used of the workspace's limit",
                () -> use().limit());
        gauge("freshet.budget.free", "calls that could leave now", () -> use().free());
        gauge("freshet.budget.waiting", "calls that wait for their turn", () -> use().waiting());
        gauge(
                "freshet.circuit.open",
                "1 while calls are held back because Mode is in trouble",
                () -> limit.circuitTrouble().isPresent() ? 1 : 0);
    }

    private void gauge(String name, String what, Supplier<Number> value) {
        Gauge.builder(name, value).description(what).tag("account", account).register(metrics);
    }

    @Override
    public BudgetUse use() {
        return limit.use();
    }

    @Override
    public long goodAnswers() {
        return limit.goodAnswers();
    }

    Uni<Permit> permit(Lane lane, Instant priority, String groupKey) {
        return Uni.createFrom().deferred(() -> {
            var granted = new CompletableFuture<Permit>();
            var claim = new Claim(lane, priority, groupKey, probe -> grant(lane, probe, granted));
            limit.claim(claim);
            letThrough();
            return Uni.createFrom()
                    .completionStage(granted)
                    .emitOn(workers)
                    .plug(permit -> new OnEveryCancellation<>(permit, () -> withdraw(claim, granted)));
        });
    }

    private void grant(Lane lane, int probe, CompletableFuture<Permit> granted) {
        var permit = new Permit(this, lane, probe);
        if (!granted.complete(permit)) {
            permit.giveBack(); // nobody waits any more
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with a permit, or never
    private void withdraw(Claim claim, CompletableFuture<Permit> granted) {
        if (!limit.withdraw(claim)) {
            granted.thenAccept(Permit::giveBack);
        }
    }

    /** What keeps the calls from leaving, other than that the budget is used up. */
    Optional<Trouble> trouble() {
        return limit.trouble();
    }

    Optional<Trouble> circuitTrouble() {
        return limit.circuitTrouble();
    }

    @Override
    public boolean isOwned() {
        return limit.isOwned();
    }

    @Override
    public void own(TakeOver how) {
        limit.own(how);
        letThrough();
    }

    @Override
    public void disown() {
        limit.disown();
        letThrough();
    }

    @Override
    public Optional<HandOver> handOver() {
        return limit.handOver();
    }

    @Override
    public void lease(Moment until) {
        limit.lease(until);
        letThrough();
    }

    /** Whether a call that was let through may leave at this moment: the process may have been halted in between. */
    boolean mayLeave() {
        return limit.mayLeave();
    }

    /** Mode counts so many requests that may still come; a large number if it doesn't say. */
    void heard(int remaining) {
        limit.heard(remaining);
    }

    /** A call about this subject was answered, or not. */
    void answered(Permit permit, String subject, Answer<?> answer) {
        limit.answered(
                permit.probe(), subject, answer.<Optional<Failure<?>>>fold(success -> Optional.empty(), Optional::of));
        count(permit, answer.<String>fold(success -> "success", failure -> failure.kind()
                .word()));
        letThrough();
    }

    /** A call left, and nobody waits for its answer any more. It tells nothing of Mode, but Mode may have counted it. */
    void dropped(Permit permit) {
        limit.dropped(permit.probe());
        count(permit, Kind.ANSWER_UNKNOWN.word());
        letThrough();
    }

    void unused(int probe) {
        limit.unused(probe);
        letThrough();
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

    private void letThrough() {
        limit.grants(timer::set).forEach(RequestLimit.Grant::tell);
    }
}
