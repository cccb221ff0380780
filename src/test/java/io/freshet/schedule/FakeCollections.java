package io.freshet.schedule;

import io.freshet.state.Run;
import io.freshet.state.Running;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Mode's side of a simulation: which Collections list which reports, and how and when the last run of each ends. */
final class FakeCollections {

    private static final int PAGE = 30;

    /** By Collection, in the order in which it lists them. */
    private final Map<String, List<String>> reports = new HashMap<>();

    private final Map<String, Instant> ends = new HashMap<>();
    private final Map<String, Run.Status> endsAs = new HashMap<>();

    void add(String space, List<String> listed) {
        reports.put(space, listed);
    }

    void endsAs(String report, Run.Status status) {
        endsAs.put(report, status);
    }

    void begin(String report, Instant end) {
        ends.put(report, end);
    }

    Optional<String> spaceOf(String report) {
        return reports.entrySet().stream()
                .filter(space -> space.getValue().contains(report))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    Set<String> page(String space, int number) {
        var all = reports.getOrDefault(space, List.of());
        var from = Math.min(all.size(), (number - 1) * PAGE);
        return Set.copyOf(all.subList(from, Math.min(all.size(), from + PAGE)));
    }

    Instant end(String report) {
        return Optional.ofNullable(ends.get(report)).orElseThrow();
    }

    /** As its own address shows it. */
    Run run(String report, Running running, Instant now) {
        return now.isBefore(end(report))
                ? run(running, Run.Status.OPEN, Optional.empty())
                : run(running, endsAs.getOrDefault(report, Run.Status.SUCCEEDED), Optional.of(end(report)));
    }

    /** As the report and its Collection show it: only if it has ended well. */
    Optional<Run> success(String report, Running running, Instant now) {
        return Optional.of(run(report, running, now)).filter(run -> run.status() == Run.Status.SUCCEEDED);
    }

    private static Run run(Running running, Run.Status status, Optional<Instant> end) {
        return new Run(
                running.runToken(),
                status.name(),
                status,
                Optional.of(running.acceptedAt()),
                end,
                Optional.empty(),
                Optional.empty());
    }
}
