package io.freshet.view;

import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import java.time.Instant;
import java.util.Optional;

/**
 * Where one report stands.
 *
 * @param since when it was requested (waiting), posted, accepted (running) or settled
 * @param due when the next step was due when that was saved; later questions about a run aren't
 * @param datasets how many datasets the request under way names
 * @param changes how many changes it has come of
 * @param followUpChanges how many have come in since it was posted
 * @param name what people call it in Mode, if that is known
 * @param runToken the open run, or else the last one
 * @param batchOutcome how it ended for the batch that was asked for; none while it is under way for it
 */
public record ReportStatus(
        ReportKey report,
        Optional<String> name,
        Stage stage,
        Instant since,
        Optional<NextStep> nextStep,
        Optional<Instant> due,
        int datasets,
        int changes,
        int followUpChanges,
        Optional<String> runToken,
        Optional<Outcome> lastOutcome,
        Optional<Outcome> batchOutcome) {

    static ReportStatus of(
            ReportKey report, TargetState state, WorkspaceView workspace, Optional<Outcome> batchOutcome) {
        return new ReportStatus(
                report,
                state.name(),
                state.stage(),
                Instant.ofEpochMilli(state.sinceMillis()),
                state.next().map(TargetState.Next::step),
                state.next().map(next -> Instant.ofEpochMilli(next.dueMillis())),
                state.datasets(),
                workspace.batches().changesOf(state.batches()),
                workspace.batches().changesOf(state.followUp()),
                state.runToken(),
                state.lastOutcome(),
                batchOutcome);
    }
}
