package io.freshet.state;

import io.freshet.event.NotSucceeded;
import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunCounts;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far a batch has come. It is worked out from the states of its reports, and never stored.
 *
 * @param waiting how many reports carry it that have not come to their end
 * @param notSucceeded at most {@value NotSucceeded#MOST} of what did not end well
 * @param lastSuccess when the last run that succeeded ended
 */
public record BatchProgress(
        int waiting,
        RunCounts runs,
        List<NotSucceeded> notSucceeded,
        Optional<Instant> lastSuccess,
        DatasetProgress datasets) {

    static BatchProgress begin(int leftOut, List<NotSucceeded> notFound) {
        var told = notFound.stream().limit(NotSucceeded.MOST).toList();
        return new BatchProgress(0, RunCounts.leftOut(leftOut), told, Optional.empty(), DatasetProgress.NONE);
    }

    BatchProgress carried() {
        return new BatchProgress(waiting + 1, runs, notSucceeded, lastSuccess, datasets);
    }

    /** @param of which datasets, where it is a report */
    BatchProgress ended(ReportKey report, ReportOutcome end, Collection<String> of) {
        var isGood = end.outcome() == Outcome.SUCCEEDED;
        return new BatchProgress(
                waiting,
                runs.and(end.outcome()),
                isGood || notSucceeded.size() >= NotSucceeded.MOST
                        ? notSucceeded
                        : Stream.concat(notSucceeded.stream(), Stream.of(end.told(report)))
                                .toList(),
                isGood ? later(end.at()) : lastSuccess,
                isGood
                        ? ranWell(report, end)
                        : datasets.failed(report.isDataset() ? List.of(report.reportToken()) : of));
    }

    private DatasetProgress ranWell(ReportKey report, ReportOutcome end) {
        if (end.wasFound()) {
            return datasets.adopted();
        }
        return report.isDataset() ? datasets.refreshed(report.reportToken()) : datasets;
    }

    BatchProgress oneFewer() {
        return new BatchProgress(waiting - 1, runs, notSucceeded, lastSuccess, datasets);
    }

    private Optional<Instant> later(Instant success) {
        return Optional.of(lastSuccess.filter(success::isBefore).orElse(success));
    }
}
