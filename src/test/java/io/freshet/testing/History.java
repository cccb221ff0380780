package io.freshet.testing;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What has happened, from outside: all topics, Mode's own log of calls and its runs. Says which promise was broken, and
 * for which report or run. Plain values, so that the judge itself can be tested.
 *
 * @param states where each report is last
 * @param openChanges keys of the changes that are open
 * @param calls of any kind, refused ones too
 * @param runs that the API key has started
 */
public record History(
        List<Change> changes,
        List<Event> accepted,
        List<Event> finished,
        List<Event> rejected,
        List<Event> states,
        List<String> openChanges,
        List<CallLog.Call> calls,
        List<SandboxRun> runs) {

    /**
     * A change that Freshet has been told of, and what it means in Mode.
     *
     * @param identity {@code source + " " + id}, as in {@link Event#changes()}
     * @param datasetsByReport which reports it affects, each with all the datasets that a run of it must name
     */
    public record Change(String identity, Instant knownAt, Map<String, Set<String>> datasetsByReport) {}

    public static History of(Scene scene) {
        var accepted = scene.events("run-accepted");
        return new History(
                ChangesMade.of(scene),
                accepted,
                scene.events("run-finished"),
                scene.events("run-rejected"),
                scene.states(),
                scene.openChanges(),
                scene.sandbox().calls().all(),
                runs(scene, accepted));
    }

    /** Also those of reports that are gone. */
    private static List<SandboxRun> runs(Scene scene, List<Event> accepted) {
        var workspace = scene.sandbox().workspace();
        var reports = new TreeSet<>(workspace.reports());
        accepted.forEach(event -> reports.add(event.report()));
        return reports.stream()
                .flatMap(report -> workspace.runs(report).stream())
                .filter(run -> run.executedBy().equals(Sandbox.API_USER))
                .toList();
    }

    /** The broken promises, one sentence each; empty where all were kept. To be called when nothing is open any more. */
    public List<String> broken(int requests, Duration period) {
        return Stream.concat(broken().stream(), overBudget(calls, requests, period).stream())
                .toList();
    }

    /** The broken promises but for the budget. */
    public List<String> broken() {
        return Stream.of(
                        Covered.broken(this),
                        Once.broken(this),
                        Told.broken(this),
                        Outcomes.broken(this),
                        AtRest.broken(this))
                .flatMap(List::stream)
                .toList();
    }

    /** Whether these calls were too many at a time. */
    public static List<String> overBudget(List<CallLog.Call> calls, int requests, Duration period) {
        var most = CallLog.busiestWindow(calls, period);
        return most.size() <= requests
                ? List.of()
                : List.of("within budget: %d requests in a window of %s, where %d are allowed, from %s on"
                        .formatted(most.size(), period, requests, most.get(0).at()));
    }

    /** The calls that ask for a run. */
    public List<CallLog.Call> posts() {
        return calls.stream().filter(CallLog.Call::isPost).toList();
    }

    /** How many runs were posted for each report. */
    public Map<String, Long> postsByReport() {
        return posts().stream()
                .collect(Collectors.groupingBy(post -> post.report().orElseThrow(), Collectors.counting()));
    }
}
