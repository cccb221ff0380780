package io.freshet.api;

import io.freshet.event.Outcome;
import io.freshet.event.Presentation;
import io.freshet.view.NextStep;
import io.freshet.view.ReportStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where one report stands, or one dataset.
 *
 * @param kind report or dataset
 * @param webUrl where people find it in Mode; absent if its workspace isn't configured here
 * @param since when it was requested (waiting), posted, accepted (running) or settled
 * @param changesCount how many changes the request under way has come of; none where it is settled
 * @param followUpChangesCount how many have come in since it was posted
 * @param runToken the open run, or else the last one
 * @param batchOutcome how it ended for the batch that was asked for; absent while it is under way for it
 * @param nextStepDue absent where it lies in the past: when a run is asked after again is known to its owner only
 */
record ReportRow(
        String account,
        String kind,
        String token,
        @Nullable String name,
        @Nullable String webUrl,
        String state,
        Instant since,
        int datasetsCount,
        int changesCount,
        int followUpChangesCount,
        @Nullable String runToken,
        @Nullable String nextStep,
        @Nullable Instant nextStepDue,
        @Nullable String lastOutcome,
        @Nullable String batchOutcome) {

    static ReportRow of(ReportStatus report, Presentation presentation, Instant now) {
        return new ReportRow(
                report.report().account(),
                report.report().kind().word(),
                report.report().reportToken(),
                report.name().orElse(null),
                presentation.page(report.report()).orElse(null),
                report.stage().word(),
                report.since(),
                report.datasets(),
                report.changes(),
                report.followUpChanges(),
                report.runToken().orElse(null),
                report.nextStep().map(NextStep::word).orElse(null),
                report.due().filter(due -> !due.isBefore(now)).orElse(null),
                report.lastOutcome().map(Outcome::word).orElse(null),
                report.batchOutcome().map(Outcome::word).orElse(null));
    }
}
