package io.freshet.api;

import io.freshet.event.ReportKey;
import io.freshet.state.Posting;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportState;
import io.freshet.state.Running;
import io.freshet.state.Settled;
import io.freshet.state.Step;
import io.freshet.telemetry.Activity;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where one report stands.
 *
 * @param since when it was requested (waiting), posted, accepted (running) or settled
 * @param changesCount how many changes the request under way has come of; none where it is settled
 * @param followUpChangesCount how many have come in since it was posted
 * @param runToken the open run, or else the last one
 */
record ReportRow(
        String account,
        String reportToken,
        String state,
        Instant since,
        double ageSeconds,
        int datasetsCount,
        int changesCount,
        int followUpChangesCount,
        @Nullable String runToken,
        @Nullable String nextStep,
        @Nullable Instant nextStepDue) {

    /** What is under way first, the oldest of it at the top; then what is settled, the newest at the top. */
    static final Comparator<ReportRow> ORDER = Comparator.comparing(ReportRow::isSettled)
            .thenComparing(row -> row.isSettled() ? -row.since.toEpochMilli() : row.since.toEpochMilli())
            .thenComparing(ReportRow::account)
            .thenComparing(ReportRow::reportToken);

    static ReportRow of(ReportKey report, ReportState state, Instant now) {
        var since = state.fold(
                Settled::since, waiting -> waiting.request().requestedAt(), Posting::attemptedAt, Running::acceptedAt);
        var request = state.underWay();
        var next = state.<Optional<RefreshRequest>>fold(
                settled -> Optional.empty(), waiting -> Optional.empty(), Posting::next, Running::next);
        var step = state.step();
        return new ReportRow(
                report.account(),
                report.reportToken(),
                state.name(),
                since,
                Math.max(0, Activity.seconds(Duration.between(since, now))),
                request.map(one -> one.datasetTokens().size()).orElse(0),
                changes(request),
                changes(next),
                state.ifRunning().map(Running::runToken).orElse(state.memory().lastRun()),
                step.map(one -> one.kind().name().toLowerCase(Locale.ROOT)).orElse(null),
                step.map(Step::due).orElse(null));
    }

    private static int changes(Optional<RefreshRequest> request) {
        return request.map(one -> one.causes().count()).orElse(0);
    }

    private boolean isSettled() {
        return state.equals("settled");
    }
}
