package io.freshet.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.sandbox.SandboxWorkspace;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which reports must run for each change, as the workspace is now. What has gone to the dead-letter topic is left out. */
final class ChangesMade {

    private ChangesMade() {}

    static List<History.Change> of(List<PublicInput> inputs, DeadLetters dead, SandboxWorkspace workspace) {
        return inputs.stream()
                .filter(input -> !dead.has(input.place()))
                .map(input -> new History.Change(input.identity(), input.at(), reports(input.data(), workspace)))
                .toList();
    }

    private static Map<String, Set<String>> reports(JsonNode data, SandboxWorkspace workspace) {
        return data.has("report_token")
                ? ofReport(data, workspace)
                : datasetsByReport(datasets(data, workspace), workspace);
    }

    /** The datasets that it names, or all that the report imports; a dataset is run by itself. */
    private static Map<String, Set<String>> ofReport(JsonNode refresh, SandboxWorkspace workspace) {
        var report = refresh.path("report_token").asText();
        if (workspace.datasets().contains(report)) {
            return Map.of(report, Set.of(report));
        }
        var datasets = new TreeSet<String>();
        refresh.path("dataset_tokens").forEach(token -> datasets.add(token.asText()));
        if (!refresh.has("dataset_tokens")) {
            datasets.addAll(workspace.datasetsOf(report));
        }
        return datasets.isEmpty() ? Map.of() : Map.of(report, datasets);
    }

    private static Set<String> datasets(JsonNode change, SandboxWorkspace workspace) {
        var datasets = new TreeSet<String>();
        datasets.addAll(
                workspace.datasetsOfDataSource(change.path("data_source").asText()));
        datasets.addAll(workspace.datasetsOfSpace(change.path("space").asText()));
        change.path("datasets").forEach(token -> datasets.add(token.asText()));
        return datasets;
    }

    private static Map<String, Set<String>> datasetsByReport(Set<String> datasets, SandboxWorkspace workspace) {
        var datasetsByReport = new TreeMap<String, Set<String>>();
        for (var dataset : datasets) {
            for (var report : workspace.reportsOfDataset(dataset)) {
                datasetsByReport
                        .computeIfAbsent(report, first -> new TreeSet<>())
                        .add(dataset);
            }
        }
        return datasetsByReport;
    }
}
