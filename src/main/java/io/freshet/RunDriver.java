package io.freshet;

import static java.util.Objects.requireNonNull;

import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.ledger.LedgerEntry;
import io.freshet.ledger.LedgerListener;
import io.freshet.mode.Mode;
import io.freshet.mode.Modes;
import io.freshet.mode.OneShotTimer;
import io.freshet.mode.Permit;
import io.freshet.mode.limit.Lane;
import io.freshet.schedule.PollPlanner;
import io.freshet.schedule.StepQueue;
import io.freshet.state.ReportState;
import io.freshet.state.Step;
import io.freshet.state.TrackingPolicy;
import io.freshet.telemetry.FlowGauges;
import io.freshet.telemetry.Telemetry;
import io.freshet.telemetry.Tracing;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The second flow, on its way on: for each report of this replica the one next step, when it is due and the API budget
 * allows. What a step leads to is saved in the ledger, and comes back from there as the next one.
 */
@ApplicationScoped
class RunDriver implements LedgerListener {

    private static final Logger LOG = Logger.getLogger(RunDriver.class);
    /** After a step that failed for a reason that nobody thought of. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    /** How long a shutdown waits for answers of Mode's. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    private final StepQueue stepQueue = new StepQueue();
    private final Modes modes;
    private final PostRun postRun;
    private final ReconcileRun findRun;
    private final FollowRun followRun;
    private final Map<String, PollRuns> askRuns;
    private final BudgetShare budgetShare;
    private final Membership membership;
    private final Telemetry telemetry;
    private final Tracing tracing;
    private final Clock clock;
    private final OneShotTimer timer;

    RunDriver(
            Modes modes,
            PostRun postRun,
            ReconcileRun findRun,
            FollowRun followRun,
            BudgetShare budgetShare,
            Membership membership,
            Telemetry telemetry,
            Tracing tracing,
            FlowGauges flows,
            TrackingPolicy pace,
            Clock clock) {
        this.modes = modes;
        this.budgetShare = budgetShare;
        this.membership = membership;
        this.postRun = postRun;
        this.findRun = findRun;
        this.followRun = followRun;
        this.askRuns = modes.all().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Mode::account,
                        mode -> new PollRuns(
                                mode,
                                stepQueue,
                                new PollPlanner(pace, stepQueue::running),
                                followRun,
                                tracing,
                                clock,
                                this::ended)));
        this.telemetry = telemetry;
        this.tracing = tracing;
        this.clock = clock;
        this.timer = new OneShotTimer(clock, this::takeDue);
        flows.watchReports(stepQueue);
    }

    @Override
    public void joined(String member, Set<Integer> partitions) {
        budgetShare.refreshesAssigned(partitions);
        membership.joined("refreshes", member);
    }

    @Override
    public void restored(int partition, Map<ReportKey, ReportState> states) {
        budgetShare.refreshesGained(Set.of(partition));
        states.forEach((report, state) -> stepQueue.put(partition, report, state));
        stepQueue.open(partition);
        timer.set(stepQueue.nextDue());
    }

    @Override
    public void moved(int partition, ReportKey report, ReportState state) {
        telemetry.moved(report, state.name());
        stepQueue.put(partition, report, state);
        timer.set(stepQueue.nextDue());
    }

    @Override
    public void told(RunEvent event) {
        telemetry.told(event);
        tracing.told(event);
    }

    @Override
    public CompletionStage<Void> leaving(Set<Integer> partitions) {
        var idle = stepQueue.leave(partitions);
        // Partitions that were lost come as if they were revoked. Then what the steps lead to would be refused.
        return membership.isSure() ? idle : CompletableFuture.completedStage(null);
    }

    @Override
    public void left(Set<Integer> partitions) {
        stepQueue.left(partitions);
        budgetShare.refreshesLost(partitions);
    }

    /** Whether this is the open run of a report of this replica. */
    boolean isOpen(ReportKey report, String run) {
        return stepQueue
                .running(report)
                .filter(running -> running.runToken().equals(run))
                .isPresent();
    }

    /** Somebody says that the run has ended: it is asked after now. */
    Uni<Void> hinted(ReportKey report, String run) {
        return followRun.hinted(report, run);
    }

    /** Begins no more steps, and returns when those under way have ended or the grace period has. */
    void finish() {
        timer.set(Optional.empty());
        try {
            stepQueue.leaveAll().toCompletableFuture().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warnf(
                    "stopped with steps under way after %s: what became of them is found out at the next start", GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void takeDue() {
        var byAccount = stepQueue.due(clock.instant()).stream()
                .collect(Collectors.groupingBy(item -> item.report().account()));
        byAccount.forEach((account, items) -> modes.find(account)
                .ifPresentOrElse(mode -> take(items, mode), () -> items.forEach(RunDriver::waitsForConfiguration)));
        timer.set(stepQueue.nextDue());
    }

    /** Until a restart: a step that isn't over is not taken again. */
    private static void waitsForConfiguration(StepQueue.Claimed item) {
        LOG.errorf(
                "report=%s waits: its workspace is configured no more; set freshet.workspace.\"NAME\".account=%s",
                item.report(), item.report().account());
    }

    private void take(List<StepQueue.Claimed> due, Mode mode) {
        due.stream().filter(item -> !isQuestion(item)).forEach(item -> take(item, mode));
        askRuns(mode).take(due.stream().filter(RunDriver::isQuestion).toList());
    }

    private PollRuns askRuns(Mode mode) {
        return requireNonNull(askRuns.get(mode.account()), mode.account());
    }

    private static boolean isQuestion(StepQueue.Claimed item) {
        return switch (item.step().kind()) {
            case POST, BACKFILL, RECONCILE -> false;
            case ASK -> true;
        };
    }

    private static Lane lane(StepQueue.Claimed item) {
        return switch (item.step().kind()) {
            case POST, RECONCILE -> Lane.POST;
            case BACKFILL -> Lane.BACKFILL;
            case ASK -> Lane.ASK;
        };
    }

    /** Nobody waits for a step, so this is where it is subscribed to. */
    private void take(StepQueue.Claimed item, Mode mode) {
        mode.permit(lane(item), item.step().priority(), askRuns(mode).groupKey(item.report()))
                .flatMap(permit -> take(item, mode, permit).eventually(permit::giveBack))
                .subscribe()
                .with(done -> ended(item, Optional.empty()), failure -> ended(item, Optional.of(failure)));
    }

    private Uni<Void> take(StepQueue.Claimed item, Mode mode, Permit permit) {
        var report = item.report();
        return stepQueue
                .begin(item)
                .map(state -> tracing.following(
                        state,
                        state.fold(
                                settled -> Uni.createFrom().voidItem(),
                                waiting -> postRun.take(report, mode, permit),
                                posting -> findRun.take(report, posting, mode, permit),
                                running -> Uni.createFrom().voidItem())))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Takes the step of a report that rests, before the request is entered that it is for. */
    Optional<StepQueue.Claimed> reserve(LedgerEntry.Refresh wished) {
        var step = new Step(Step.Kind.POST, clock.instant(), wished.request().oldestChange());
        return stepQueue.reserve(wished.partition(), wished.report(), step);
    }

    private void ended(StepQueue.Claimed item, Optional<Throwable> failure) {
        failure.ifPresentOrElse(fault -> failed(item, fault), () -> over(item));
    }

    /** A step has come to its end, or to nothing. */
    void over(StepQueue.Claimed item) {
        stepQueue.over(item);
        timer.set(stepQueue.nextDue());
    }

    /** A step has failed for a reason that nobody thought of. */
    void failed(StepQueue.Claimed item, Throwable failure) {
        LOG.errorf(
                failure,
                "a step failed and is tried again in %s report=%s step=%s",
                AFTER_FAILURE,
                item.report(),
                item.step());
        new OneShotTimer(clock, () -> over(item))
                .set(Optional.of(clock.instant().plus(AFTER_FAILURE)));
    }
}
