package io.freshet.refresh;

import io.freshet.event.Cause;
import io.freshet.event.Causes;
import io.freshet.event.ReportKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A report and what may become of it, for tests. */
final class Samples {

    static final ReportKey REPORT = new ReportKey("acme", "r1");
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Pace PACE = new Pace(
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofHours(1),
            Duration.ofSeconds(90),
            Duration.ofMinutes(5),
            3,
            Duration.ofMinutes(10));

    private Samples() {}

    /** The change of this number was made so many seconds after eleven o'clock. */
    static Cause change(int number) {
        return new Cause("/etl", "load-" + number, NOON.minusSeconds(3600).plusSeconds(number), null);
    }

    static Causes changes(int... numbers) {
        return Causes.of(Arrays.stream(numbers).mapToObj(Samples::change).toList());
    }

    /** For datasets given as one text with commas, made known a second before noon. */
    static Wish wish(String datasets, int... changes) {
        return new Wish(datasets(datasets), changes(changes), NOON.minusSeconds(1));
    }

    static SortedSet<String> datasets(String datasets) {
        return new TreeSet<>(List.of(datasets.split(",", -1)));
    }

    static Memory remembering(int... changes) {
        return new Memory(changes(changes).identities(), "earlier", "freshet", Duration.ofSeconds(20));
    }

    /** An open run as a listing shows it, with neither executor nor datasets. */
    static Run run(String token, Instant createdAt) {
        return new Run(
                token,
                "enqueued",
                Run.Verdict.OPEN,
                Optional.of(createdAt),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Run ended(Run run, Run.Verdict verdict, Instant at) {
        return new Run(
                run.token(),
                "state of " + verdict,
                verdict,
                run.createdAt(),
                Optional.of(at),
                run.executedBy(),
                run.datasetTokens());
    }

    static Run executedBy(Run run, String who) {
        return with(run, Optional.of(who), run.datasetTokens());
    }

    static Run naming(Run run, String datasets) {
        return with(run, run.executedBy(), Optional.of(datasets(datasets)));
    }

    private static Run with(Run run, Optional<String> executedBy, Optional<SortedSet<String>> datasets) {
        return new Run(
                run.token(), run.modeState(), run.verdict(), run.createdAt(), run.completedAt(), executedBy, datasets);
    }
}
