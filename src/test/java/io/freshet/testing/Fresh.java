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
 * Where a settled change says {@code data: fresh}, people see data from after it: what each report of its batch shows of each
 * dataset of the batch comes from a run that began after the change was known, and had ended well. By Mode's own record of
 * runs.
 */
final class Fresh {

    private final Map<String, Instant> knownAt;
    private final Map<String, SandboxRun> datasetRuns;
    private final Map<String, Map<String, String>> shown;
    private final List<Broken> broken = new ArrayList<>();

    private Fresh(History history) {
        this.knownAt = history.sent().stream()
                .collect(Collectors.toMap(Sent::identity, Sent::at, (one, other) -> one.isBefore(other) ? one : other));
        this.datasetRuns = history.mode().datasetRuns().stream()
                .collect(Collectors.toMap(SandboxRun::token, Function.identity(), (one, same) -> one));
        this.shown = history.mode().shown();
    }

    static List<Broken> broken(History history) {
        var fresh = new Fresh(history);
        Batch.all(history).stream().filter(Batch::isWhole).forEach(batch -> batch.settled().stream()
                .filter(settled -> settled.text("data").equals("fresh"))
                .forEach(settled -> fresh.change(settled, batch)));
        return fresh.broken;
    }

    private void change(Event settled, Batch batch) {
        for (var end : batch.ends()) {
            if (!Counts.outcome(end).equals("succeeded")) {
                broken(
                        settled,
                        "%s %s %s"
                                .formatted(
                                        end.isOfDataset() ? "dataset" : "report", end.report(), Counts.outcome(end)));
            } else if (!end.isOfDataset()) {
                // A run may be for other batches as well, and name their datasets.
                end.datasets().stream()
                        .filter(batch.datasets()::contains)
                        .forEach(dataset -> shown(settled, end, dataset));
            }
        }
    }

    private void shown(Event settled, Event end, String dataset) {
        var run = Optional.ofNullable(shown.getOrDefault(end.run(), Map.of()).get(dataset))
                .map(datasetRuns::get)
                .flatMap(this::seen);
        var known = knownAt.getOrDefault(settled.change(), Instant.MAX);
        if (run.filter(of -> !of.createdAt().isBefore(known)).isEmpty()) {
            broken(
                    settled,
                    "report %s shows of dataset %s what %s"
                            .formatted(
                                    end.report(),
                                    dataset,
                                    run.map(of -> "was read at " + of.createdAt())
                                            .orElse("nobody has read")));
        }
    }

    /** If a query of a report's own run has failed, people still see what the last good run before it has read. */
    private Optional<SandboxRun> seen(SandboxRun shown) {
        return Counts.isSuccess(shown.state())
                ? Optional.of(shown)
                : datasetRuns.values().stream()
                        .filter(run -> run.report().equals(shown.report())
                                && Counts.isSuccess(run.state())
                                && run.createdAt().isBefore(shown.createdAt()))
                        .max(Comparator.comparing(SandboxRun::createdAt));
    }

    private void broken(Event settled, String but) {
        broken.add(Broken.forGood("fresh: change %s is told as fresh, and %s".formatted(settled.change(), but)));
    }
}
