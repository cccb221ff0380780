package io.freshet.state;

import io.freshet.event.NotSucceeded;
import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunCounts;
import java.time.Instant;
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
        int waiting, RunCounts runs, List<NotSucceeded> notSucceeded, Optional<Instant> lastSuccess) {

    static BatchProgress begin(int leftOut, List<NotSucceeded> notFound) {
        var told = notFound.stream().limit(NotSucceeded.MOST).toList();
        return new BatchProgress(0, RunCounts.leftOut(leftOut), told, Optional.empty());
    }

    BatchProgress carried() {
        return new BatchProgress(waiting + 1, runs, notSucceeded, lastSuccess);
    }

    BatchProgress ended(ReportKey report, ReportOutcome end) {
        var isGood = end.outcome() == Outcome.SUCCEEDED;
        return new BatchProgress(
                waiting,
                runs.and(end.outcome()),
                isGood || notSucceeded.size() >= NotSucceeded.MOST
                        ? notSucceeded
                        : Stream.concat(notSucceeded.stream(), Stream.of(end.told(report)))
                                .toList(),
                isGood ? later(end.at()) : lastSuccess);
    }

    BatchProgress oneFewer() {
        return new BatchProgress(waiting - 1, runs, notSucceeded, lastSuccess);
    }

    private Optional<Instant> later(Instant success) {
        return Optional.of(lastSuccess.filter(success::isBefore).orElse(success));
    }
}
