package io.freshet.ops;

import io.freshet.event.ReportKey;
import io.freshet.refresh.Posting;
import io.freshet.refresh.Running;
import io.freshet.refresh.Settled;
import io.freshet.refresh.Standing;
import io.freshet.refresh.Step;
import io.freshet.refresh.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where one report stands.
 *
 * @param since when it was wished for (waiting), posted, accepted (running) or settled
 * @param changesCount how many changes the wish under way has come of; none where it is settled
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

    static ReportRow of(ReportKey report, Standing standing, Instant now) {
        var since = standing.fold(
                Settled::since, waiting -> waiting.wish().requestedAt(), Posting::attemptedAt, Running::acceptedAt);
        var wish = standing.fold(
                settled -> Optional.<Wish>empty(),
                waiting -> Optional.of(waiting.wish()),
                posting -> Optional.of(posting.wish()),
                running -> Optional.of(running.wish()));
        var next = standing.<Optional<Wish>>fold(
                settled -> Optional.empty(), waiting -> Optional.empty(), Posting::next, Running::next);
        var step = standing.step();
        return new ReportRow(
                report.account(),
                report.reportToken(),
                standing.name(),
                since,
                Math.max(0, Happening.seconds(Duration.between(since, now))),
                wish.map(one -> one.datasetTokens().size()).orElse(0),
                changes(wish),
                changes(next),
                standing.ifRunning()
                        .map(Running::runToken)
                        .orElse(standing.memory().lastRun()),
                step.map(one -> one.kind().name().toLowerCase(Locale.ROOT)).orElse(null),
                step.map(Step::due).orElse(null));
    }

    private static int changes(Optional<Wish> wish) {
        return wish.map(one -> one.causes().count()).orElse(0);
    }

    private boolean isSettled() {
        return state.equals("settled");
    }
}
