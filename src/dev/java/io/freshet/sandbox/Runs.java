package io.freshet.sandbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All runs there are. */
final class Runs {

    private record Started(
            String token,
            String report,
            Set<String> datasetTokens,
            Instant createdAt,
            RunClock.Pace pace,
            String executedBy) {}

    private static final Deque<Started> NONE = new ArrayDeque<>();

    private final RunClock clock;
    private final Map<String, Started> byToken = new HashMap<>();
    /** The newest first. */
    private final Map<String, Deque<Started>> byReport = new HashMap<>();

    Runs(RunClock clock) {
        this.clock = clock;
    }

    SandboxRun start(String token, String report, Set<String> datasetTokens, String executedBy) {
        var run = new Started(token, report, datasetTokens, clock.now(), clock.paceOf(report), executedBy);
        byToken.put(token, run);
        byReport.computeIfAbsent(report, first -> new ArrayDeque<>()).addFirst(run);
        return look(run);
    }

    /** The newest first. */
    List<SandboxRun> of(String report) {
        return byReport.getOrDefault(report, NONE).stream().map(this::look).toList();
    }

    Optional<SandboxRun> find(String token) {
        return Optional.ofNullable(byToken.get(token)).map(this::look);
    }

    boolean remove(String token) {
        var removed = Optional.ofNullable(byToken.remove(token));
        removed.ifPresent(run -> byReport.getOrDefault(run.report(), NONE).remove(run));
        return removed.isPresent();
    }

    void clear() {
        byToken.clear();
        byReport.clear();
    }

    private SandboxRun look(Started run) {
        var stand = clock.stand(run.report(), run.createdAt(), run.pace());
        return new SandboxRun(
                run.token(),
                run.report(),
                run.datasetTokens(),
                stand.state(),
                asModeTells(run.createdAt()),
                stand.completedAt().map(Runs::asModeTells),
                run.executedBy());
    }

    private static Instant asModeTells(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
