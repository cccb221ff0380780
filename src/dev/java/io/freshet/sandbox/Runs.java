package io.freshet.sandbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** All runs there are, in the order they were made. */
final class Runs {

    private record Started(
            String token,
            String report,
            Set<String> datasetTokens,
            Instant createdAt,
            RunClock.Pace pace,
            String executedBy) {}

    private final RunClock clock;
    private final List<Started> started = new ArrayList<>();

    Runs(RunClock clock) {
        this.clock = clock;
    }

    SandboxRun start(String token, String report, Set<String> datasetTokens, String executedBy) {
        var run = new Started(token, report, datasetTokens, clock.now(), clock.paceOf(report), executedBy);
        started.add(run);
        return look(run);
    }

    /** The newest first. */
    List<SandboxRun> of(String report) {
        return IntStream.iterate(started.size() - 1, at -> at >= 0, at -> at - 1)
                .mapToObj(started::get)
                .filter(run -> run.report().equals(report))
                .map(this::look)
                .toList();
    }

    Optional<SandboxRun> find(String token) {
        return started.stream()
                .filter(run -> run.token().equals(token))
                .findFirst()
                .map(this::look);
    }

    boolean remove(String token) {
        return started.removeIf(run -> run.token().equals(token));
    }

    void clear() {
        started.clear();
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
