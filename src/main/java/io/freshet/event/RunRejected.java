package io.freshet.event;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * No run will come of a request: Mode refused it for good, or Freshet gave it up.
 *
 * @param reason one word for machines, such as {@code report_not_found}
 * @param status the HTTP status of the refusal; 0 where it is Freshet's own
 * @param message one sentence for people
 */
public record RunRejected(
        ReportKey report,
        Optional<String> name,
        SortedSet<String> datasetTokens,
        ChangeRefs changes,
        String reason,
        int status,
        String message,
        Instant rejectedAt)
        implements RunEvent {

    public RunRejected {
        datasetTokens = Collections.unmodifiableSortedSet(new TreeSet<>(datasetTokens));
    }

    String id() {
        return ContentId.of("rejection" + report.path() + datasetTokens + changes.batches());
    }

    @Override
    public <T> T fold(
            Function<RunAccepted, T> accepted, Function<RunFinished, T> finished, Function<RunRejected, T> rejected) {
        return rejected.apply(this);
    }
}
