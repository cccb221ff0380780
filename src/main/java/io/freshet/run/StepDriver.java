package io.freshet.run;

import static java.util.Objects.requireNonNull;

import io.freshet.event.ReportKey;
import io.freshet.ledger.WorkspaceFacts;
import io.freshet.mode.Mode;
import io.freshet.mode.Modes;
import io.freshet.mode.OneShotTimer;
import io.freshet.mode.Permit;
import io.freshet.mode.limit.Lane;
import io.freshet.schedule.StepQueue;
import io.freshet.state.ReportState;
import io.freshet.state.TrackingPolicy;
import io.freshet.telemetry.FlowGauges;
import io.freshet.telemetry.Tracing;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * For each report of this replica the one next step, when it is due and the request limit allows. What a step leads to is
 * saved in the ledger, and comes back from there as the next one.
 */
@ApplicationScoped
class StepDriver {

    private static final Logger LOG = Logger.getLogger(StepDriver.class);
    /** After a step that failed for a reason that nobody thought of. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final StepQueue stepQueue;
    private final Modes modes;
    private final PostRun postRun;
    private final ReconcileRun reconcileRun;
    private final Map<String, PollRuns> pollRuns;
    private final Tracing tracing;
    private final Clock clock;
    private final ScheduledExecutorService executor;
    private final OneShotTimer timer;

    StepDriver(
            Modes modes,
            PostRun postRun,
            ReconcileRun reconcileRun,
            FollowRun followRun,
            Tracing tracing,
            FlowGauges gauges,
            WorkspaceFacts facts,
            TrackingPolicy policy,
            Clock clock,
            @Identifier("timer") ScheduledExecutorService executor) {
        this.stepQueue = new StepQueue(facts::isHeld);
        this.modes = modes;
        this.postRun = postRun;
        this.reconcileRun = reconcileRun;
        this.pollRuns = PollRuns.ofEach(modes, stepQueue, policy, followRun, tracing, clock, this::ended);
        this.tracing = tracing;
        this.clock = clock;
        this.executor = executor;
        this.timer = new OneShotTimer(clock, executor, this::takeDue);
        gauges.watchReports(stepQueue);
    }

    /** The partition is this replica's, and this is where its reports are. */
    void open(int partition, Map<ReportKey, ReportState> reports) {
        reports.forEach((report, state) -> stepQueue.put(partition, report, state));
        timer.set(stepQueue.nextDue());
    }

    void moved(int partition, ReportKey report, ReportState state) {
        stepQueue.put(partition, report, state);
        timer.set(stepQueue.nextDue());
    }

    /** What was held is so no longer, or not all of it. */
    void released() {
        stepQueue.released();
        timer.set(stepQueue.nextDue());
    }

    void forgotten(ReportKey report) {
        stepQueue.forget(report);
    }

    /** Begins no more steps for these partitions; ends when none is under way. */
    CompletionStage<Void> leave(Set<Integer> partitions) {
        return stepQueue.leave(partitions);
    }

    void left(Set<Integer> partitions) {
        stepQueue.left(partitions);
    }

    /** Begins no more steps; ends when none is under way. */
    CompletionStage<Void> leaveAll() {
        timer.set(Optional.empty());
        return stepQueue.leaveAll();
    }

    /** Where a report of this replica is; empty if nothing is known of it, or it is another's. */
    Optional<ReportState> find(ReportKey report) {
        return stepQueue.find(report);
    }

    private void takeDue() {
        var byAccount = stepQueue.due(clock.instant()).stream()
                .collect(Collectors.groupingBy(claimed -> claimed.report().account()));
        byAccount.forEach((account, claimed) -> modes.find(account)
                .ifPresentOrElse(mode -> take(claimed, mode), () -> waitForConfiguration(account, claimed)));
        timer.set(stepQueue.nextDue());
    }

    /** Until a restart: a step that isn't over is not taken again. */
    private static void waitForConfiguration(String account, Collection<StepQueue.Claimed> claimed) {
        LOG.errorf(
                "%d reports wait: their workspace is no longer configured; set freshet.workspace.\"NAME\".account=%s",
                claimed.size(), account);
    }

    private void take(List<StepQueue.Claimed> due, Mode mode) {
        due.stream().filter(claimed -> !isQuestion(claimed)).forEach(claimed -> take(claimed, mode));
        pollRuns(mode).take(due.stream().filter(StepDriver::isQuestion).toList());
    }

    private PollRuns pollRuns(Mode mode) {
        return requireNonNull(pollRuns.get(mode.account()), mode.account());
    }

    private static boolean isQuestion(StepQueue.Claimed claimed) {
        return lane(claimed) == Lane.ASK;
    }

    private static Lane lane(StepQueue.Claimed claimed) {
        return switch (claimed.step().kind()) {
            case POST, RECONCILE -> Lane.POST;
            case BACKFILL -> Lane.BACKFILL;
            case ASK -> Lane.ASK;
        };
    }

    /** Nobody waits for a step, so this is where it is subscribed to. */
    private void take(StepQueue.Claimed claimed, Mode mode) {
        mode.whenPermitted(
                lane(claimed),
                claimed.step().priority(),
                pollRuns(mode).groupKey(claimed.report()),
                permit -> Uni.createFrom()
                        .deferred(() -> take(claimed, mode, permit))
                        .eventually(permit::giveBack)
                        .subscribe()
                        .with(done -> over(claimed), failure -> failed(claimed, failure)));
    }

    private Uni<Void> take(StepQueue.Claimed claimed, Mode mode, Permit permit) {
        var report = claimed.report();
        return stepQueue
                .begin(claimed)
                .map(state -> tracing.following(
                        state,
                        state.fold(
                                settled -> Uni.createFrom().voidItem(),
                                waiting -> postRun.take(report, mode, permit),
                                posting -> reconcileRun.take(report, posting, mode, permit),
                                running -> Uni.createFrom().voidItem())))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private void ended(StepQueue.Claimed claimed, Optional<Throwable> failure) {
        failure.ifPresentOrElse(fault -> failed(claimed, fault), () -> over(claimed));
    }

    /** A step has come to its end, or had no effect. */
    private void over(StepQueue.Claimed claimed) {
        stepQueue.over(claimed);
        timer.set(stepQueue.nextDue());
    }

    private void failed(StepQueue.Claimed claimed, Throwable failure) {
        LOG.errorf(
                failure,
                "a step failed and is tried again in %s report=%s step=%s",
                AFTER_FAILURE,
                claimed.report(),
                claimed.step());
        new OneShotTimer(clock, executor, () -> over(claimed))
                .set(Optional.of(clock.instant().plus(AFTER_FAILURE)));
    }
}
