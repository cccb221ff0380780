package io.freshet.testing;

import io.freshet.sandbox.SandboxRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where a settled change says {@code data: fresh}, each affected dataset was last run well after the change, and each
 * report after that run had ended. By Mode's own record of runs.
 */
final class Fresh {

    private final Map<String, Instant> knownAt;
    private final Map<String, List<SandboxRun>> runsByDataset;
    private final Map<String, SandboxRun> reportRuns;
    private final List<Broken> broken = new ArrayList<>();

    private Fresh(History history) {
        this.knownAt = history.sent().stream()
                .collect(Collectors.toMap(Sent::identity, Sent::at, (one, other) -> one.isBefore(other) ? one : other));
        this.runsByDataset = history.mode().datasetRuns().stream().collect(Collectors.groupingBy(SandboxRun::report));
        this.reportRuns = history.runs().stream().collect(Collectors.toMap(SandboxRun::token, Function.identity()));
    }

    static List<Broken> broken(History history) {
        var fresh = new Fresh(history);
        Batch.all(history).stream().filter(Batch::isWhole).forEach(batch -> batch.settled().stream()
                .filter(settled -> settled.text("data").equals("fresh"))
                .forEach(settled -> fresh.change(settled, batch)));
        return fresh.broken;
    }

    private void change(Event settled, Batch batch) {
        var known = knownAt.getOrDefault(settled.change(), Instant.MAX);
        for (var dataset : batch.datasets()) {
            var last = lastSuccess(dataset, settled.writtenAt());
            if (last.filter(run -> !run.createdAt().isBefore(known)).isEmpty()) {
                broken.add(Broken.forGood("fresh: change %s is told as fresh, and dataset %s was not run well after it"
                        .formatted(settled.change(), dataset)));
            } else {
                reports(
                        settled,
                        batch,
                        dataset,
                        last.flatMap(SandboxRun::completedAt).orElse(Instant.MAX));
            }
        }
    }

    private Optional<SandboxRun> lastSuccess(String dataset, Instant until) {
        return runsByDataset.getOrDefault(dataset, List.of()).stream()
                .filter(run -> Counts.isSuccess(run.state()))
                .filter(run ->
                        run.completedAt().filter(end -> !end.isAfter(until)).isPresent())
                .max(Comparator.comparing(SandboxRun::createdAt));
    }

    private void reports(Event settled, Batch batch, String dataset, Instant ended) {
        for (var end : batch.ends()) {
            var run = reportRuns.get(end.run());
            if (run != null
                    && end.datasets().contains(dataset)
                    && run.createdAt().isBefore(ended)) {
                broken.add(
                        Broken.forGood("fresh: change %s is told as fresh, and report %s was not run after dataset %s"
                                .formatted(settled.change(), end.report(), dataset)));
            }
        }
    }
}
