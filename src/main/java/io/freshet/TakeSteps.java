package io.freshet;

import static java.util.Objects.requireNonNull;

import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.ledger.LedgerListener;
import io.freshet.mode.Alarm;
import io.freshet.mode.Lane;
import io.freshet.mode.Mode;
import io.freshet.mode.Modes;
import io.freshet.mode.Permit;
import io.freshet.ops.Flows;
import io.freshet.ops.Story;
import io.freshet.refresh.Agenda;
import io.freshet.refresh.Pace;
import io.freshet.refresh.Questions;
import io.freshet.refresh.Standing;
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
class TakeSteps implements LedgerListener {

    private static final Logger LOG = Logger.getLogger(TakeSteps.class);
    /** After a step that failed for a reason that nobody thought of. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    /** How long a shutdown waits for answers of Mode's. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    private final Agenda agenda = new Agenda();
    private final Modes modes;
    private final PostRun postRun;
    private final FindRun findRun;
    private final FollowRun followRun;
    private final Map<String, AskRuns> askRuns;
    private final BudgetShare budgetShare;
    private final Membership membership;
    private final Story story;
    private final Clock clock;
    private final Alarm alarm;

    TakeSteps(
            Modes modes,
            PostRun postRun,
            FindRun findRun,
            FollowRun followRun,
            BudgetShare budgetShare,
            Membership membership,
            Story story,
            Flows flows,
            Pace pace,
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
                        mode -> new AskRuns(
                                mode, agenda, new Questions(pace, agenda::running), followRun, clock, this::ended)));
        this.story = story;
        this.clock = clock;
        this.alarm = new Alarm(clock, this::takeDue);
        flows.watchReports(agenda);
    }

    @Override
    public void joined(String member, Set<Integer> partitions) {
        budgetShare.refreshesAssigned(partitions);
        membership.joined("refreshes", member);
    }

    @Override
    public void restored(int partition, Map<ReportKey, Standing> standings) {
        budgetShare.refreshesGained(Set.of(partition));
        standings.forEach((report, standing) -> agenda.put(partition, report, standing));
        alarm.set(agenda.nextDue());
    }

    @Override
    public void moved(int partition, ReportKey report, Standing standing) {
        story.moved(report, standing.name());
        agenda.put(partition, report, standing);
        alarm.set(agenda.nextDue());
    }

    @Override
    public void told(RunEvent event) {
        story.told(event);
    }

    @Override
    public CompletionStage<Void> leaving(Set<Integer> partitions) {
        var idle = agenda.leave(partitions);
        // Partitions that were lost come as if they were revoked. Then what the steps lead to would be refused.
        return membership.isSure() ? idle : CompletableFuture.completedStage(null);
    }

    @Override
    public void left(Set<Integer> partitions) {
        agenda.left(partitions);
        budgetShare.refreshesLost(partitions);
    }

    /** Whether this is the open run of a report of this replica. */
    boolean isOpen(ReportKey report, String run) {
        return agenda.running(report)
                .filter(running -> running.runToken().equals(run))
                .isPresent();
    }

    /** Somebody says that the run has ended: it is asked after now. */
    Uni<Void> hinted(ReportKey report, String run) {
        return followRun.hinted(report, run);
    }

    /** Begins no more steps, and returns when those under way have ended or the grace period has. */
    void finish() {
        alarm.set(Optional.empty());
        try {
            agenda.leaveAll().toCompletableFuture().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
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
        var byAccount = agenda.due(clock.instant()).stream()
                .collect(Collectors.groupingBy(item -> item.report().account()));
        byAccount.forEach((account, items) -> modes.find(account)
                .ifPresentOrElse(mode -> take(items, mode), () -> items.forEach(TakeSteps::waitsForConfiguration)));
        alarm.set(agenda.nextDue());
    }

    /** Until a restart: a step that isn't over is not taken again. */
    private static void waitsForConfiguration(Agenda.Item item) {
        LOG.errorf(
                "report=%s waits: its workspace is configured no more; set freshet.workspace.\"NAME\".account=%s",
                item.report(), item.report().account());
    }

    private void take(List<Agenda.Item> due, Mode mode) {
        due.stream().filter(item -> !isQuestion(item)).forEach(item -> take(item, mode));
        askRuns(mode).take(due.stream().filter(TakeSteps::isQuestion).toList());
    }

    private AskRuns askRuns(Mode mode) {
        return requireNonNull(askRuns.get(mode.account()), mode.account());
    }

    private static boolean isQuestion(Agenda.Item item) {
        return switch (item.step().kind()) {
            case POST, BACKFILL, RECONCILE -> false;
            case ASK -> true;
        };
    }

    private static Lane lane(Agenda.Item item) {
        return switch (item.step().kind()) {
            case POST, RECONCILE -> Lane.POST;
            case BACKFILL -> Lane.BACKFILL;
            case ASK -> Lane.ASK;
        };
    }

    /** Nobody waits for a step, so this is where it is subscribed to. */
    private void take(Agenda.Item item, Mode mode) {
        mode.permit(lane(item), item.step().priority(), askRuns(mode).company(item.report()))
                .flatMap(permit -> take(item, mode, permit).eventually(permit::giveBack))
                .subscribe()
                .with(done -> ended(item, Optional.empty()), failure -> ended(item, Optional.of(failure)));
    }

    private Uni<Void> take(Agenda.Item item, Mode mode, Permit permit) {
        var report = item.report();
        return agenda.begin(item)
                .map(standing -> standing.fold(
                        settled -> Uni.createFrom().voidItem(),
                        waiting -> postRun.take(report, mode, permit),
                        posting -> findRun.take(report, posting, mode, permit),
                        running -> Uni.createFrom().voidItem()))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private void ended(Agenda.Item item, Optional<Throwable> failure) {
        failure.ifPresentOrElse(fault -> failed(item, fault), () -> over(item));
    }

    private void over(Agenda.Item item) {
        agenda.over(item);
        alarm.set(agenda.nextDue());
    }

    private void failed(Agenda.Item item, Throwable failure) {
        LOG.errorf(
                failure,
                "a step failed and is tried again in %s report=%s step=%s",
                AFTER_FAILURE,
                item.report(),
                item.step());
        new Alarm(clock, () -> over(item)).set(Optional.of(clock.instant().plus(AFTER_FAILURE)));
    }
}
