package io.freshet.run;

import io.freshet.event.ReportKey;
import io.freshet.mode.FullReport;
import io.freshet.mode.Mode;
import io.freshet.mode.Permit;
import io.freshet.schedule.PollCall;
import io.freshet.schedule.PollPlanner;
import io.freshet.schedule.StepQueue;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads pages of Collections, each of which answers for the runs of all reports that it shows. */
final class PollPages {

    private final Mode mode;
    private final StepQueue stepQueue;
    private final PollPlanner planner;
    private final FollowRun followRun;
    private final PollSteps steps;
    private final Clock clock;

    PollPages(Mode mode, StepQueue stepQueue, PollPlanner planner, FollowRun followRun, PollSteps steps, Clock clock) {
        this.mode = mode;
        this.stepQueue = stepQueue;
        this.planner = planner;
        this.followRun = followRun;
        this.steps = steps;
        this.clock = clock;
    }

    Uni<Void> read(PollCall.OfPage call, Permit permit) {
        return mode.reportsOfSpace(permit, call.space(), call.number())
                .flatMap(answer -> answer.fold(rows -> shown(call, rows), failure -> notShown(call)))
                .onFailure()
                .invoke(failure -> call.items().forEach(item -> steps.failed(item, failure)))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> shown(PollCall.OfPage call, List<FullReport> rows) {
        var byToken =
                rows.stream().collect(Collectors.toMap(FullReport::token, Function.identity(), (one, same) -> one));
        var due = planner.shown(
                call, byToken.keySet(), token -> stepQueue.find(key(token)).isPresent(), clock.instant());
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
        planner.again(List.of(item));
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
                .orElseGet(PollPages::nothing);
    }

    private Uni<Void> listed(StepQueue.Claimed item, FullReport row) {
        return steps.take(item, running -> followRun.listed(item.report(), running, row));
    }

    private Uni<Void> notShown(PollCall.OfPage call) {
        planner.notShown(call, clock.instant());
        return together(call.items().stream()
                .map(item -> steps.take(item, running -> followRun.unanswered(item.report(), running))));
    }

    private ReportKey key(String token) {
        return new ReportKey(mode.account(), token);
    }

    private static Uni<Void> together(Stream<Uni<Void>> each) {
        var all = each.toList();
        return all.isEmpty()
                ? nothing()
                : Uni.join().all(all).andCollectFailures().replaceWithVoid();
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
