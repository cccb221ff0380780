package io.freshet.testing;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxRun;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What Mode says of a workspace itself.
 *
 * @param calls of any kind, refused ones too
 * @param runs of reports and datasets, that the API key has started
 * @param datasetRuns whoever has started them
 * @param shown by the token of a report's run, of each dataset the run that its rows come from
 */
public record InMode(
        List<CallLog.Call> calls,
        List<SandboxRun> runs,
        List<SandboxRun> datasetRuns,
        Map<String, Map<String, String>> shown) {

    /** @param told reports and datasets that there may have been besides those that there are */
    static InMode of(Observed observed, Set<String> told) {
        var reports = new TreeSet<>(observed.workspace().reports());
        reports.addAll(observed.workspace().datasets());
        reports.addAll(told);
        var runs = runs(observed, reports).stream()
                .filter(run -> run.executedBy().equals(Sandbox.API_USER))
                .toList();
        return new InMode(
                observed.calls(), runs, runs(observed, observed.workspace().datasets()), shown(observed, runs));
    }

    private static Map<String, Map<String, String>> shown(Observed observed, List<SandboxRun> runs) {
        var shown = new HashMap<String, Map<String, String>>();
        for (var run : runs) {
            var datasets = new TreeMap<String, String>();
            observed.workspace()
                    .datasetRuns()
                    .shownBy(run.token())
                    .forEach((dataset, of) -> datasets.put(dataset, of.token()));
            shown.put(run.token(), datasets);
        }
        return shown;
    }

    private static List<SandboxRun> runs(Observed observed, Collection<String> tokens) {
        return tokens.stream().flatMap(token -> observed.runs(token).stream()).toList();
    }

    InMode without(Set<String> reports) {
        return new InMode(
                calls.stream()
                        .filter(call -> call.report()
                                .or(call::dataset)
                                .filter(reports::contains)
                                .isEmpty())
                        .toList(),
                runs.stream().filter(run -> !reports.contains(run.report())).toList(),
                datasetRuns,
                shown);
    }
}
