package io.freshet.state;

import io.freshet.event.BatchKey;
import io.freshet.event.ChangeDigests;
import io.freshet.event.ChangeOutcome;
import io.freshet.event.ChangeRefs;
import io.freshet.event.DataFreshness;
import io.freshet.event.NotSucceeded;
import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.Settlement;
import io.freshet.event.Target;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * Changes of one target that have been planned together, and have not all been told as settled.
 *
 * @param members all of the changes
 * @param reports how many reports carried it at first
 * @param leftOut how much of what they concern is not refreshed
 * @param notFound what they mean and can't be run, as Mode or Freshet's own state doesn't know it; or why they are refused
 * @param refused where they will never mean anything, the places of their records; else none
 * @param datasets those that its reports show
 * @param proved whether they are fresh, where that had to be found out, and not all of the changes are told as settled yet
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
        AffectedDatasets datasets,
        Optional<DataFreshness> proved,
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
                key,
                target,
                changes,
                members,
                reports,
                leftOut,
                notFound,
                ChangeDigests.none(),
                plannedAt,
                AffectedDatasets.UNKNOWN,
                Optional.empty(),
                begun);
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
        return new OpenBatch(
                key,
                target,
                changes,
                members,
                0,
                0,
                List.of(why),
                places,
                at,
                AffectedDatasets.UNKNOWN,
                Optional.empty(),
                begun);
    }

    /** The same, about these datasets. */
    public OpenBatch affecting(AffectedDatasets affected) {
        return with(affected, proved, progress);
    }

    /** The same, of whose datasets this was found out. */
    public OpenBatch proved(DataFreshness data) {
        return with(datasets, Optional.of(data), progress);
    }

    /** One more report carries it. */
    public OpenBatch carried() {
        return with(progress.carried());
    }

    /**
     * A report that carried it has come to its end.
     *
     * @param of the datasets that its run named
     */
    public OpenBatch ended(ReportKey report, ReportOutcome end, Collection<String> of) {
        return with(progress.ended(report, end, of).oneFewer());
    }

    /** The same, of a report that was not counted as one that carries it, and of whose datasets nothing is known. */
    public OpenBatch hadEnded(ReportKey report, ReportOutcome end) {
        return with(progress.ended(report, end, datasets.tokens()));
    }

    private OpenBatch with(BatchProgress next) {
        return with(datasets, proved, next);
    }

    private OpenBatch with(AffectedDatasets affected, Optional<DataFreshness> data, BatchProgress next) {
        return new OpenBatch(
                key, target, changes, members, reports, leftOut, notFound, refused, plannedAt, affected, data, next);
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

    /**
     * Whether its datasets are fresh; empty if Mode is to be asked, because not all of them were run for it. Every dataset that
     * was run first began after the plan, and every report after that run.
     */
    public Optional<DataFreshness> data() {
        if (isRefused() || progress.runs().ended() == 0 || datasets.tokens().isEmpty()) {
            return Optional.of(DataFreshness.UNKNOWN);
        }
        var isDoubtful = !doubtful().isEmpty();
        if (proved.isPresent() || (isDoubtful && datasets.knownAt().isPresent())) {
            return proved;
        }
        var isWhole = !isDoubtful && progress.runs().notSucceeded() == 0 && notFound.isEmpty();
        return Optional.of(isWhole && isRunByUs() ? DataFreshness.FRESH : DataFreshness.UNKNOWN);
    }

    /** Datasets of which only Mode knows when they were run. */
    public SortedSet<String> doubtful() {
        return datasets.doubtful(progress.datasets());
    }

    /** Datasets of which some report, or the dataset itself, was not run well because of this batch. */
    public SortedSet<String> notRunWell() {
        return progress.datasets().failed();
    }

    /** Whether each run that ended well is surely one that was posted for this batch. */
    boolean isRunByUs() {
        return progress.datasets().isAllOurs();
    }

    public Settlement settlement(DataFreshness data, Instant now) {
        var outcome = isRefused() ? ChangeOutcome.REFUSED : ChangeOutcome.of(progress.runs(), !notFound.isEmpty());
        var last = progress.lastSuccess();
        var at = last.filter(now::isBefore).orElse(now); // by Mode's clock, which may be ahead of ours
        return new Settlement(outcome, progress.runs(), progress.notSucceeded(), last, data, at);
    }
}
