package io.freshet.run;

import io.freshet.event.ReportKey;
import io.freshet.mode.Answer;
import io.freshet.mode.FullReport;
import io.freshet.mode.Mode;
import io.freshet.mode.Modes;
import io.freshet.mode.Permit;
import io.freshet.mode.limit.Lane;
import io.freshet.schedule.PollCall;
import io.freshet.schedule.PollPlanner;
import io.freshet.schedule.StepQueue;
import io.freshet.state.TrackingPolicy;
import io.freshet.telemetry.Tracing;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Asks after the open runs of one workspace. What a permit is spent on is decided when it is granted. */
final class PollRuns {

    /** How many permits are waited for at a time; whoever gets one waits for the next. */
    private static final int CLAIMS = 2;

    private final Mode mode;
    private final PollPlanner planner;
    private final FollowRun followRun;
    private final Clock clock;
    private final PollSteps steps;
    private final PollPages pages;
    private int claims;

    /** By account; {@code ended} hears as below. */
    static Map<String, PollRuns> ofEach(
            Modes modes,
            StepQueue stepQueue,
            TrackingPolicy policy,
            FollowRun followRun,
            Tracing tracing,
            Clock clock,
            BiConsumer<StepQueue.Claimed, Optional<Throwable>> ended) {
        return modes.all().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Mode::account,
                        mode -> new PollRuns(
                                mode,
                                stepQueue,
                                new PollPlanner(policy, stepQueue::running),
                                followRun,
                                tracing,
                                clock,
                                ended)));
    }

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
        this.planner = planner;
        this.followRun = followRun;
        this.clock = clock;
        this.steps = new PollSteps(stepQueue, tracing, ended);
        this.pages = new PollPages(mode, stepQueue, planner, followRun, steps, clock);
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
        return call.fold(
                run -> ofRun(run, permit), report -> ofReport(report, permit), page -> pages.read(page, permit));
    }

    private Uni<Void> ofRun(PollCall.OfRun call, Permit permit) {
        var report = call.item().report();
        return steps.take(call.item(), running -> followRun.ofRun(report, running, mode, permit));
    }

    private Uni<Void> ofReport(PollCall.OfReport call, Permit permit) {
        var report = call.item().report();
        return steps.take(call.item(), running -> mode.report(permit, report.reportToken())
                .invoke(answer -> locate(call, answer))
                .flatMap(answer -> followRun.ofReport(report, running, mode, answer)));
    }

    private void locate(PollCall.OfReport call, Answer<FullReport> answer) {
        if (answer.<Boolean>fold(row -> false, failure -> failure.kind().isTransient())) {
            planner.notShown(call);
        } else {
            planner.located(call, answer.fold(FullReport::space, failure -> Optional.empty()), clock.instant());
        }
    }
}
