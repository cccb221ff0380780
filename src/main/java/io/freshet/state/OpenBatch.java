package io.freshet.state;

import io.freshet.event.BatchKey;
import io.freshet.event.ChangeDigests;
import io.freshet.event.ChangeOutcome;
import io.freshet.event.ChangeRefs;
import io.freshet.event.NotSucceeded;
import io.freshet.event.Settlement;
import io.freshet.event.Target;
import java.time.Instant;
import java.util.List;

/**
 * Changes of one target that have been planned together, and have not all been told as settled.
 *
 * @param members all of the changes
 * @param leftOut how much of what they concern is not refreshed
 * @param notFound what they name and Mode doesn't know, or why they are refused
 * @param isRefused whether they will never mean anything
 * @param progress not stored
 */
public record OpenBatch(
        BatchKey key,
        Target target,
        ChangeRefs changes,
        ChangeDigests members,
        int leftOut,
        List<NotSucceeded> notFound,
        boolean isRefused,
        Instant plannedAt,
        BatchProgress progress) {

    public OpenBatch {
        notFound = List.copyOf(notFound);
    }

    /** None of whose reports is known yet. */
    public static OpenBatch planned(
            BatchKey key,
            Target target,
            ChangeRefs changes,
            ChangeDigests members,
            int leftOut,
            List<NotSucceeded> notFound,
            Instant plannedAt) {
        var begun = BatchProgress.begin(leftOut, notFound);
        return new OpenBatch(key, target, changes, members, leftOut, notFound, false, plannedAt, begun);
    }

    public static OpenBatch refused(
            BatchKey key, Target target, ChangeRefs changes, ChangeDigests members, NotSucceeded why, Instant at) {
        var begun = BatchProgress.begin(0, List.of(why));
        return new OpenBatch(key, target, changes, members, 0, List.of(why), true, at, begun);
    }

    /** One more report carries it. */
    public OpenBatch carried() {
        return with(progress.carried());
    }

    /** A report that carried it has come to its end. */
    public OpenBatch ended(String report, ReportOutcome end) {
        return with(progress.ended(report, end).oneFewer());
    }

    /** The same, of a report that was not counted as one that carries it. */
    public OpenBatch hadEnded(String report, ReportOutcome end) {
        return with(progress.ended(report, end));
    }

    private OpenBatch with(BatchProgress next) {
        return new OpenBatch(key, target, changes, members, leftOut, notFound, isRefused, plannedAt, next);
    }

    /** Whether no report carries it any more. */
    public boolean isOver() {
        return progress.waiting() == 0;
    }

    public Settlement settlement(Instant now) {
        var outcome = isRefused
                ? ChangeOutcome.REFUSED
                : ChangeOutcome.of(progress.runs(), !notFound.isEmpty());
        var last = progress.lastSuccess();
        var at = last.filter(now::isBefore).orElse(now); // by Mode's clock, which may be ahead of ours
        return new Settlement(outcome, progress.runs(), progress.notSucceeded(), last, at);
    }
}
