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
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Stands in front of every call to a workspace: lets as many through as its {@link RequestLimit} allows. */
final class Gate implements WorkspaceLimit {

    private static final Logger LOG = Logger.getLogger(Gate.class);

    private final String account;
    private final RequestLimit limit;
    private final Executor workers;
    private final AnsweredCalls calls;
    private final OneShotTimer timer;
    /** Who waits until no call is under way. */
    private final Queue<CompletableFuture<Void>> leaving = new ConcurrentLinkedQueue<>();

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
        this.calls = new AnsweredCalls(account, clocks.steady(), metrics);
        this.timer = new OneShotTimer(clocks.monotonic(), timer, this::letThrough);
        LimitGauges.register(account, limit, metrics);
    }

    @Override
    public BudgetUse use() {
        return limit.use();
    }

    @Override
    public LimitStatus status() {
        return new LimitStatus(limit.use(), limit.isPaused(), limit.circuitTrouble(), calls.spans());
    }

    @Override
    public long goodAnswers() {
        return limit.goodAnswers();
    }

    Uni<Permit> permit(Lane lane, Instant priority) {
        return Uni.createFrom().deferred(() -> {
            var granted = new CompletableFuture<Permit>();
            var claim = new Claim(lane, priority, "", probe -> grant(lane, probe, granted));
            limit.claim(claim);
            letThrough();
            return Uni.createFrom()
                    .completionStage(granted)
                    .emitOn(workers)
                    .plug(permit -> new OnEveryCancellation<>(permit, () -> withdraw(claim, granted)));
        });
    }

    /** As {@link #permit}, for who never gives up: tens of thousands may wait so, for hours. */
    void whenPermitted(Lane lane, Instant priority, String groupKey, Consumer<Permit> begin) {
        limit.claim(
                new Claim(lane, priority, groupKey, probe -> go(() -> begin.accept(new Permit(this, lane, probe)))));
        letThrough();
    }

    private void go(Runnable step) {
        try {
            workers.execute(step);
        } catch (RejectedExecutionException e) {
            LOG.debugf(e, "a step of account=%s isn't begun, as the process ends", account);
        }
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
    public CompletionStage<Void> leave() {
        var idle = new CompletableFuture<Void>();
        leaving.add(idle);
        limit.leave();
        letThrough();
        return idle;
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

    /** To be kept for {@link #heard} when a call leaves. */
    long freed() {
        return limit.freed();
    }

    /** Mode counted so many requests that may still come; a large number if it doesn't say. */
    void heard(int remaining, long freedBefore) {
        limit.heard(remaining, freedBefore);
    }

    /** A call about this subject was answered, or not. */
    void answered(Permit permit, String subject, Answer<?> answer) {
        limit.answered(
                permit.probe(), subject, answer.<Optional<Failure<?>>>fold(success -> Optional.empty(), Optional::of));
        calls.answered(permit, answer);
        letThrough();
    }

    /** A call left, and nobody waits for its answer any more. It tells nothing of Mode, but Mode may have counted it. */
    void dropped(Permit permit) {
        limit.dropped(permit.probe());
        calls.count(permit, Kind.ANSWER_UNKNOWN.word());
        letThrough();
    }

    void unused(int probe) {
        limit.unused(probe);
        letThrough();
    }

    private void letThrough() {
        limit.grants(timer::set).forEach(RequestLimit.Grant::tell);
        while (!leaving.isEmpty() && limit.isIdle()) {
            Optional.ofNullable(leaving.poll()).ifPresent(one -> one.complete(null));
        }
    }
}
