package io.freshet.state;

import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A report and what may become of it, for tests. */
public final class Samples {

    public static final ReportKey REPORT = new ReportKey("acme", "r1");
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    public static final TrackingPolicy PACE = new TrackingPolicy(
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofHours(1),
            Duration.ofSeconds(90),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            3,
            Duration.ofMinutes(10));

    /** The end of a run before noon. */
    public static final ReportOutcome GOOD =
            new ReportOutcome(Outcome.SUCCEEDED, NOON.minusSeconds(30), "earlier", null);

    private Samples() {}

    /** The change of this number was made so many seconds after eleven o'clock. */
    public static ChangeRef change(int number) {
        return new ChangeRef("/etl", "load-" + number, NOON.minusSeconds(3600).plusSeconds(number), null);
    }

    /** The changes of these numbers, each alone in the batch of the same number. */
    public static ChangeRefs changes(int... batches) {
        return Arrays.stream(batches)
                .mapToObj(number -> ChangeRefs.of(change(number)).inBatch(number))
                .reduce(ChangeRefs.none(), ChangeRefs::and);
    }

    /** For datasets given as one text with commas, made known a second before noon. */
    public static RefreshRequest request(String datasets, int... batches) {
        return new RefreshRequest(datasets(datasets), changes(batches), NOON.minusSeconds(1));
    }

    public static SortedSet<String> datasets(String datasets) {
        return new TreeSet<>(List.of(datasets.split(",", -1)));
    }

    public static ListedRuns listed(List<Run> runs) {
        return new ListedRuns(runs, Optional.empty());
    }

    /** The report has come to a good end for these batches, which are open. */
    public static ReportHistory remembering(int... batches) {
        var outcomes = new TreeMap<Long, ReportOutcome>();
        Arrays.stream(batches).forEach(number -> outcomes.put((long) number, GOOD));
        return new ReportHistory(outcomes, Outcome.SUCCEEDED, "earlier", "freshet", Duration.ofSeconds(20));
    }

    /** The same, with this end for one batch more. */
    public static ReportHistory and(ReportHistory earlier, long batch, ReportOutcome end) {
        var outcomes = new TreeMap<>(earlier.outcomes());
        outcomes.put(batch, end);
        return new ReportHistory(
                outcomes,
                end.outcome(),
                earlier.lastRun(),
                earlier.executedBy(),
                earlier.runtime(),
                earlier.awaiting(),
                earlier.refusedAt(),
                earlier.knownAs());
    }

    /** An open run as a listing shows it, with neither executor nor datasets. */
    public static Run run(String token, Instant createdAt) {
        return new Run(
                token,
                "enqueued",
                Run.Status.OPEN,
                Optional.of(createdAt),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static Run ended(Run run, Run.Status status, Instant at) {
        return new Run(
                run.token(),
                "state of " + status,
                status,
                run.createdAt(),
                Optional.of(at),
                run.executedBy(),
                run.datasetTokens());
    }

    public static Run executedBy(Run run, String who) {
        return with(run, Optional.of(who), run.datasetTokens());
    }

    public static Run naming(Run run, String datasets) {
        return with(run, run.executedBy(), Optional.of(datasets(datasets)));
    }

    private static Run with(Run run, Optional<String> executedBy, Optional<SortedSet<String>> datasets) {
        return new Run(
                run.token(), run.modeState(), run.status(), run.createdAt(), run.completedAt(), executedBy, datasets);
    }
}
