package io.freshet.testing;

import io.freshet.sandbox.SandboxRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where datasets are run before their reports, a report's run for a batch leaves after the datasets that it names have come to
 * their end for it, and it names none whose run ended badly. A dataset is run only where the plan says so, and once.
 */
final class DatasetsFirst {

    private static final Set<String> BAD = Set.of("failed", "cancelled", "timed_out");

    private final Map<String, Batch> batches;
    private final Map<String, Instant> createdByRun = new HashMap<>();
    private final Map<String, Event> endByDatasetAndBatch = new HashMap<>();
    private final List<Broken> broken = new ArrayList<>();

    private DatasetsFirst(History history) {
        this.batches = Batch.byNumber(history);
        history.runs().forEach(run -> createdByRun.put(run.token(), run.createdAt()));
    }

    static List<Broken> broken(History history) {
        var first = new DatasetsFirst(history);
        history.events().ends().filter(Event::isOfDataset).forEach(first::dataset);
        var ends = history.runs().stream().collect(Collectors.toMap(SandboxRun::token, SandboxRun::completedAt));
        history.accepted().stream().filter(run -> !run.isOfDataset()).forEach(run -> run.batches()
                .forEach(batch -> run.datasets().forEach(dataset -> first.report(run, batch, dataset, ends))));
        return first.broken;
    }

    private void dataset(Event end) {
        for (var number : end.batches()) {
            var batch = batches.get(number);
            if (endByDatasetAndBatch.put(end.report() + " " + number, end) != null) {
                broken.add(Broken.forGood(
                        "datasets first: dataset %s has two ends for batch %s".formatted(end.report(), number)));
            }
            if (batch != null && batch.isWhole() && !batch.runsFirst(end.report())) {
                broken.add(Broken.forGood("datasets first: dataset %s was run for batch %s, whose plan doesn't say so"
                        .formatted(end.report(), number)));
            }
        }
    }

    private void report(Event run, String batch, String dataset, Map<String, Optional<Instant>> ends) {
        var end = endByDatasetAndBatch.get(dataset + " " + batch);
        if (end == null) {
            return;
        }
        var created = createdByRun.get(run.run());
        var ended = ends.getOrDefault(end.run(), Optional.empty());
        if (created != null && ended.filter(created::isBefore).isPresent()) {
            broken.add(Broken.forGood(
                    "datasets first: run %s of report %s was posted before dataset %s had ended for batch %s"
                            .formatted(run.run(), run.report(), dataset, batch)));
        }
        if (end.writtenAt().isAfter(run.writtenAt())) {
            broken.add(Broken.forGood(
                    "datasets first: run %s of report %s was told of before the end of dataset %s for batch %s"
                            .formatted(run.run(), run.report(), dataset, batch)));
        }
        if (BAD.contains(Counts.outcome(end)) && !isGoodOtherwise(run, dataset)) {
            broken.add(
                    Broken.forGood("datasets first: run %s of report %s names dataset %s, which was not run well for %s"
                            .formatted(run.run(), run.report(), dataset, run.batches())));
        }
    }

    /** One run may be for several batches: for another one the dataset may have been run well, or not at all. */
    private boolean isGoodOtherwise(Event run, String dataset) {
        var others = new HashSet<>(run.batches());
        others.removeIf(batch -> {
            var end = endByDatasetAndBatch.get(dataset + " " + batch);
            return end != null && BAD.contains(Counts.outcome(end));
        });
        return !others.isEmpty();
    }
}
