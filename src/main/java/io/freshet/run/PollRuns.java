package io.freshet.run;

import io.freshet.event.ReportKey;
import io.freshet.mode.Answer;
import io.freshet.mode.FullReport;
import io.freshet.mode.Mode;
import io.freshet.mode.Permit;
import io.freshet.mode.limit.Lane;
import io.freshet.schedule.PollCall;
import io.freshet.schedule.PollPlanner;
import io.freshet.schedule.StepQueue;
import io.freshet.state.ReportState;
import io.freshet.state.Running;
import io.freshet.telemetry.Tracing;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks after the open runs of one workspace. What a permit is spent on is decided when it is granted. */
final class PollRuns {

    /** How many permits are waited for at a time; whoever gets one waits for the next. */
    private static final int CLAIMS = 2;

    private final Mode mode;
    private final StepQueue stepQueue;
    private final PollPlanner planner;
    private final FollowRun followRun;
    private final Tracing tracing;
    private final Clock clock;
    private final BiConsumer<StepQueue.Claimed, Optional<Throwable>> ended;
    private int claims;

    /** @param ended hears of each step that has come to its end, or has failed for a reason that nobody thought of */
    PollRuns(
            Mode mode,
            StepQueue stepQueue,
            PollPlanner planner,
            FollowRun followRun,
            Tracing tracing,
            Clock clock,
            BiConsumer<StepQueue.Claimed, Optional<Throwable>> ended) {
        this.mode = mode;
        this.stepQueue = stepQueue;
        this.planner = planner;
        this.followRun = followRun;
        this.tracing = tracing;
        this.clock = clock;
        this.ended = ended;
    }

    void take(List<StepQueue.Claimed> due) {
        planner.add(due);
        claim();
    }

    /** The same text for reports whose runs one call may answer for, if they are posted together. */
    String groupKey(ReportKey report) {
        return planner.groupKey(report);
    }

    /** Nobody waits for an answer, so this is where it is subscribed to. */
    private void claim() {
        while (mayClaim()) {
            mode.permit(Lane.ASK, planner.since().orElseGet(clock::instant))
                    .flatMap(this::granted)
                    .subscribe()
                    .with(wasUsed -> claimAfter(wasUsed));
        }
    }

    private void claimAfter(boolean wasUsed) {
        if (wasUsed) {
            claim();
        }
    }

    private synchronized boolean mayClaim() {
        if (claims >= Math.min(CLAIMS, planner.waiting())) {
            return false;
        }
        claims++;
        return true;
    }

    private synchronized void claimIsOver() {
        claims--;
    }

    /** Where there is nothing to ask, what waits may be answered by a call that is under way, and is seen to then. */
    private Uni<Boolean> granted(Permit permit) {
        claimIsOver();
        var call = planner.next(clock.instant());
        if (call.isEmpty()) {
            permit.giveBack();
            return Uni.createFrom().item(false);
        }
        claim();
        return make(call.get(), permit)
                .eventually(() -> {
                    planner.over(call.get());
                    permit.giveBack();
                })
                .replaceWith(true);
    }

    private Uni<Void> make(PollCall call, Permit permit) {
        return call.fold(run -> ofRun(run, permit), report -> ofReport(report, permit), page -> ofPage(page, permit));
    }

    private Uni<Void> ofRun(PollCall.OfRun call, Permit permit) {
        var report = call.item().report();
        return step(call.item(), running -> followRun.ofRun(report, running, mode, permit));
    }

    private Uni<Void> ofReport(PollCall.OfReport call, Permit permit) {
        var report = call.item().report();
        return step(call.item(), running -> mode.report(permit, report.reportToken())
                .invoke(answer -> locate(call, answer))
                .flatMap(answer -> followRun.ofReport(report, running, answer)));
    }

    private void locate(PollCall.OfReport call, Answer<FullReport> answer) {
        if (answer.<Boolean>fold(row -> false, failure -> failure.kind().isTransient())) {
            planner.notShown(call);
        } else {
            planner.located(call, answer.fold(FullReport::space, failure -> Optional.empty()), clock.instant());
        }
    }

    private Uni<Void> ofPage(PollCall.OfPage call, Permit permit) {
        return mode.reportsOfSpace(permit, call.space(), call.number())
                .flatMap(answer -> answer.fold(rows -> shown(call, rows), failure -> notShown(call)))
                .onFailure()
                .invoke(failure -> call.items().forEach(item -> ended.accept(item, Optional.of(failure))))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> shown(PollCall.OfPage call, List<FullReport> rows) {
        var byToken =
                rows.stream().collect(Collectors.toMap(FullReport::token, Function.identity(), (one, same) -> one));
        var due = planner.shown(call, byToken.keySet(), token -> stepQueue.knows(key(token)), clock.instant());
        return together(byToken.values().stream().map(row -> Optional.ofNullable(due.get(row.token()))
                .map(item -> answer(item, row))
                .orElseGet(() -> inPassing(row))));
    }

    /** The page says nothing of a run that is to be asked after by itself, unless it has ended well. */
    private Uni<Void> answer(StepQueue.Claimed item, FullReport row) {
        var isAnswered = stepQueue
                .running(item.report())
                .map(running -> followRun.isAnswered(running, row))
                .orElse(true);
        if (isAnswered) {
            return listed(item, row);
        }
        planner.add(List.of(item));
        return nothing();
    }

    /** Nobody has asked yet; and nobody is to, while this answer is being saved. */
    private Uni<Void> inPassing(FullReport row) {
        var report = key(row.token());
        return stepQueue
                .running(report)
                .filter(running -> RunMapper.of(row, running).isPresent())
                .flatMap(running -> stepQueue.takeEarly(report))
                .map(item -> listed(item, row))
                .orElseGet(PollRuns::nothing);
    }

    private Uni<Void> listed(StepQueue.Claimed item, FullReport row) {
        return step(item, running -> followRun.listed(item.report(), running, row));
    }

    private Uni<Void> notShown(PollCall.OfPage call) {
        planner.notShown(call, clock.instant());
        return together(
                call.items().stream().map(item -> step(item, running -> followRun.unanswered(item.report(), running))));
    }

    private ReportKey key(String token) {
        return new ReportKey(mode.account(), token);
    }

    /** One step fails by itself. */
    private Uni<Void> step(StepQueue.Claimed item, Function<Running, Uni<Void>> step) {
        return Uni.createFrom()
                .deferred(() -> stepQueue
                        .begin(item)
                        .flatMap(ReportState::ifRunning)
                        .map(running -> tracing.following(running, step.apply(running)))
                        .orElseGet(PollRuns::nothing))
                .onItemOrFailure()
                .invoke((done, failure) -> ended.accept(item, Optional.ofNullable(failure)))
                .onFailure()
                .recoverWithNull();
    }

    private static Uni<Void> together(Stream<Uni<Void>> steps) {
        var all = steps.toList();
        return all.isEmpty()
                ? nothing()
                : Uni.join().all(all).andCollectFailures().replaceWithVoid();
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
