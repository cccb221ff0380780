package io.freshet.run;

import io.freshet.event.ReportKey;
import io.freshet.mode.Answer;
import io.freshet.mode.Mode;
import io.freshet.mode.Permit;
import io.freshet.mode.ReportRun;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

/** Which calls the runs of a report take, and which those of a dataset. One run by itself has the same address for both. */
final class RunsInMode {

    private RunsInMode() {}

    static Uni<Answer<ReportRun>> post(
            ReportKey of, SortedSet<String> datasets, Mode mode, Permit permit, Instant notAfter) {
        return of.isDataset()
                ? mode.postDatasetRun(permit, of.reportToken(), notAfter)
                : mode.postRun(permit, of.reportToken(), datasets, notAfter);
    }

    static Uni<Answer<List<ReportRun>>> list(ReportKey of, Mode mode, Permit permit, Instant since) {
        return of.isDataset()
                ? mode.datasetRuns(permit, of.reportToken(), since)
                : mode.runs(permit, of.reportToken(), since);
    }
}
