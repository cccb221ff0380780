package io.freshet.testing;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxRun;
import io.freshet.sandbox.SandboxWorkspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

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
    public record Change(String identity, Instant knownAt, Map<String, Set<String>> datasetsByReport) {

        private Change without(Set<String> reports) {
            var others = new TreeMap<>(datasetsByReport);
            others.keySet().removeAll(reports);
            return new Change(identity, knownAt, others);
        }
    }

    public static History of(Scene scene) {
        var topics = scene.topics();
        var accepted = scene.events("run-accepted");
        var records = Stream.of("upstream-data-changed", "refresh-requested")
                .flatMap(topic -> topics.read(topic).stream())
                .toList();
        return new History(
                changes(
                        topics.read("upstream-data-changed-dlq"),
                        records,
                        scene.account(),
                        scene.sandbox().workspace()),
                accepted,
                scene.events("run-finished"),
                scene.events("run-rejected"),
                scene.states(),
                scene.openChanges(),
                scene.sandbox().calls().all(),
                runs(scene, accepted));
    }

    /** What the records of the public topics mean in a workspace. */
    public static List<Change> changes(
            List<ConsumerRecord<byte[], byte[]>> deadLetters,
            List<ConsumerRecord<byte[], byte[]>> records,
            String account,
            SandboxWorkspace workspace) {
        return ChangesMade.of(deadLetters, records, account, workspace);
    }

    /** {@code topic/partition/offset} of the record that a dead letter is of. */
    public static String placeOfDead(ConsumerRecord<byte[], byte[]> letter) {
        return ChangesMade.placeOfDead(letter);
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
        return sentences(found(requests, period));
    }

    /** The broken promises but for the budget. */
    public List<String> broken() {
        return sentences(found());
    }

    /** Whether these calls were too many at a time. */
    public static List<String> overBudget(List<CallLog.Call> calls, int requests, Duration period) {
        return sentences(tooMany(calls, requests, period));
    }

    private static List<String> sentences(List<Broken> found) {
        return found.stream().map(Broken::what).toList();
    }

    List<Broken> found(int requests, Duration period) {
        return Stream.concat(found().stream(), tooMany(calls, requests, period).stream())
                .toList();
    }

    private List<Broken> found() {
        return Stream.of(
                        Covered.broken(this),
                        Once.broken(this),
                        Told.broken(this),
                        Outcomes.broken(this),
                        AtRest.broken(this))
                .flatMap(List::stream)
                .toList();
    }

    /** Changes that ended in nothing for one of their reports. */
    public List<String> notCovered() {
        return sentences(Covered.broken(this));
    }

    /** The same without some reports, as if they had never been. */
    public History without(Set<String> reports) {
        return reports.isEmpty()
                ? this
                : new History(
                        changes.stream().map(change -> change.without(reports)).toList(),
                        events(accepted, reports),
                        events(finished, reports),
                        events(rejected, reports),
                        states.stream()
                                .filter(state -> reports.stream()
                                        .noneMatch(report -> state.key().endsWith("/" + report)))
                                .toList(),
                        openChanges,
                        calls.stream()
                                .filter(call ->
                                        call.report().filter(reports::contains).isEmpty())
                                .toList(),
                        runs.stream()
                                .filter(run -> !reports.contains(run.report()))
                                .toList());
    }

    private static List<Event> events(List<Event> all, Set<String> reports) {
        return all.stream().filter(event -> !reports.contains(event.report())).toList();
    }

    private static List<Broken> tooMany(List<CallLog.Call> calls, int requests, Duration period) {
        var most = CallLog.busiestWindow(calls, period);
        return most.size() <= requests
                ? List.of()
                : List.of(
                        Broken.forGood("within budget: %d requests in a window of %s, where %d are allowed, from %s on"
                                .formatted(
                                        most.size(),
                                        period,
                                        requests,
                                        most.get(0).at())));
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
