package io.freshet.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All runs there are. */
final class Runs {

    private record Started(
            String token,
            String report,
            Set<String> datasetTokens,
            Instant createdAt,
            RunClock.Pace pace,
            String executedBy,
            Map<String, String> shown) {}

    private record Schedule(Instant next, Duration every, Supplier<String> tokens) {}

    private static final Deque<Started> NONE = new ArrayDeque<>();

    private final RunClock clock;
    private final Map<String, Started> byToken = new HashMap<>();
    /** The newest first. */
    private final Map<String, Deque<Started>> byReport = new HashMap<>();
    /** Of datasets. */
    private final Map<String, Schedule> schedules = new HashMap<>();

    Runs(RunClock clock) {
        this.clock = clock;
    }

    /** @param shown of each dataset the run that a run of a report loads */
    SandboxRun start(
            String token, String report, Set<String> datasetTokens, String executedBy, Map<String, String> shown) {
        catchUp(report);
        return start(new Started(
                token, report, datasetTokens, clock.now(), clock.paceOf(report), executedBy, Map.copyOf(shown)));
    }

    /** A dataset is queried within this run of a report: it takes as long, but ends in its own way. */
    SandboxRun startWithin(String reportRun, String token, String dataset, String executedBy) {
        catchUp(dataset);
        var whole = found(reportRun);
        return start(new Started(token, dataset, Set.of(), whole.createdAt(), whole.pace(), executedBy, Map.of()));
    }

    SandboxRun ran(String token, String dataset, Duration ago) {
        catchUp(dataset);
        if (byReport.containsKey(dataset)) {
            throw new IllegalArgumentException(dataset + " has been run since");
        }
        return start(new Started(
                token, dataset, Set.of(), clock.now().minus(ago), clock.paceOf(dataset), Contents.OWNER, Map.of()));
    }

    private SandboxRun start(Started run) {
        byToken.put(run.token(), run);
        byReport.computeIfAbsent(run.report(), first -> new ArrayDeque<>()).addFirst(run);
        return look(run);
    }

    /** Its first run is due when this time has passed. */
    void schedule(String dataset, Duration every, Supplier<String> tokens) {
        catchUp(dataset);
        schedules.put(dataset, new Schedule(clock.now().plus(every), every, tokens));
    }

    /** Whether anybody looks or not, scheduled runs begin when they are due. */
    private void catchUp(String dataset) {
        var schedule = schedules.get(dataset);
        while (schedule != null && !schedule.next().isAfter(clock.now())) {
            start(new Started(
                    schedule.tokens().get(),
                    dataset,
                    Set.of(),
                    schedule.next(),
                    clock.paceOf(dataset),
                    Contents.OWNER,
                    Map.of()));
            schedule = new Schedule(schedule.next().plus(schedule.every()), schedule.every(), schedule.tokens());
            schedules.put(dataset, schedule);
        }
    }

    Map<String, SandboxRun> shownBy(String reportRun) {
        var runs = new TreeMap<String, SandboxRun>();
        found(reportRun).shown().forEach((dataset, run) -> find(run).ifPresent(shown -> runs.put(dataset, shown)));
        return runs;
    }

    private Started found(String token) {
        return Optional.ofNullable(byToken.get(token))
                .orElseThrow(() -> new IllegalArgumentException("no run " + token));
    }

    /** The newest first. */
    List<SandboxRun> of(String report) {
        return each(report).toList();
    }

    /** The same, for who needs to look at few of many. */
    Stream<SandboxRun> each(String report) {
        catchUp(report);
        return byReport.getOrDefault(report, NONE).stream().map(this::look);
    }

    int count(String report) {
        catchUp(report);
        return byReport.getOrDefault(report, NONE).size();
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
        schedules.clear();
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
