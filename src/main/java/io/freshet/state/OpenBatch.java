package io.freshet.state;

import io.freshet.event.BatchKey;
import io.freshet.event.ChangeDigests;
import io.freshet.event.ChangeOutcome;
import io.freshet.event.ChangeRefs;
import io.freshet.event.NotSucceeded;
import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.Settlement;
import io.freshet.event.Target;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Changes of one target that have been planned together, and have not all been told as settled.
 *
 * @param members all of the changes
 * @param reports how many reports carried it at first
 * @param leftOut how much of what they concern is not refreshed
 * @param notFound what they name and Mode doesn't know, or why they are refused
 * @param refused where they will never mean anything, the places of their records; else none
 * @param progress not stored
 */
public record OpenBatch(
        BatchKey key,
        Target target,
        ChangeRefs changes,
        ChangeDigests members,
        int reports,
        int leftOut,
        List<NotSucceeded> notFound,
        ChangeDigests refused,
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
            int reports,
            int leftOut,
            List<NotSucceeded> notFound,
            Instant plannedAt) {
        var begun = BatchProgress.begin(leftOut, notFound);
        return new OpenBatch(
                key, target, changes, members, reports, leftOut, notFound, ChangeDigests.none(), plannedAt, begun);
    }

    public static OpenBatch refused(
            BatchKey key,
            Target target,
            ChangeRefs changes,
            ChangeDigests members,
            ChangeDigests places,
            NotSucceeded why,
            Instant at) {
        var begun = BatchProgress.begin(0, List.of(why));
        return new OpenBatch(key, target, changes, members, 0, 0, List.of(why), places, at, begun);
    }

    /** One more report carries it. */
    public OpenBatch carried() {
        return with(progress.carried());
    }

    /** A report that carried it has come to its end. */
    public OpenBatch ended(ReportKey report, ReportOutcome end) {
        return with(progress.ended(report, end).oneFewer());
    }

    /** The same, of a report that was not counted as one that carries it. */
    public OpenBatch hadEnded(ReportKey report, ReportOutcome end) {
        return with(progress.ended(report, end));
    }

    private OpenBatch with(BatchProgress next) {
        return new OpenBatch(key, target, changes, members, reports, leftOut, notFound, refused, plannedAt, next);
    }

    /**
     * After a restore: reports of which nothing can be read count as failed, so that nothing better is told than is known.
     *
     * @param unreadable reports whose records can't be read
     */
    public OpenBatch withoutLost(Collection<ReportKey> unreadable) {
        var lost = new ReportOutcome(Outcome.FAILED, plannedAt, null, "quarantined");
        var all = Stream.concat(unreadable.stream(), Stream.generate(() -> new ReportKey(key.account(), "unknown")));
        var missing = reports - progress.waiting() - progress.runs().ended();
        return all.limit(Math.max(0, missing))
                .reduce(this, (batch, report) -> batch.hadEnded(report, lost), (a, b) -> b);
    }

    /** Whether its changes will never mean anything, and may be sent again. */
    public boolean isRefused() {
        return refused.size() > 0;
    }

    /** Whether no report carries it any more. */
    public boolean isOver() {
        return progress.waiting() == 0;
    }

    public Settlement settlement(Instant now) {
        var outcome = isRefused() ? ChangeOutcome.REFUSED : ChangeOutcome.of(progress.runs(), !notFound.isEmpty());
        var last = progress.lastSuccess();
        var at = last.filter(now::isBefore).orElse(now); // by Mode's clock, which may be ahead of ours
        return new Settlement(outcome, progress.runs(), progress.notSucceeded(), last, at);
    }
}
