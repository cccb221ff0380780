package io.freshet.testing;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.SandboxRun;
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
 * for which change, report or run. Plain values, so that the judge itself can be tested.
 *
 * @param changes those that Mode has nothing against
 * @param sent the same and the others, each time it was sent
 */
public record History(List<Change> changes, List<Sent> sent, Events events, Memory memory, InMode mode) {

    /**
     * A change that Freshet has been told of, and what it means in Mode.
     *
     * @param identity {@code source + " " + id}, as in {@link Event#changes()}
     * @param datasetsByReport which reports it affects, each with all the datasets that a run of it must name
     */
    public record Change(String identity, Instant knownAt, Map<String, Set<String>> datasetsByReport) {

        /** A report of which no affected dataset is left is not asked for by this change any more. */
        private Change without(Set<String> tokens) {
            var others = new TreeMap<String, Set<String>>();
            datasetsByReport.forEach((report, datasets) -> {
                var left = new TreeSet<>(datasets);
                left.removeAll(tokens);
                if (datasets.isEmpty() || !left.isEmpty()) {
                    others.put(report, left);
                }
            });
            others.keySet().removeAll(tokens);
            return new Change(identity, knownAt, others);
        }
    }

    /** What is told last is read first: so what it was told because of is there as well. */
    public static History of(Observed observed) {
        var memory = Memory.of(observed.read("freshet-state"), observed.account());
        var lineage = LineageTold.read(observed);
        var settled = observed.events("change-settled");
        var events = new Events(
                observed.events("change-planned"),
                settled,
                observed.events("run-accepted"),
                observed.events("run-finished"),
                observed.events("run-rejected"),
                lineage);
        var dead = new DeadLetters(observed.read("upstream-data-changed-dlq"));
        var inputs = PublicInput.of(
                Stream.of("upstream-data-changed", "refresh-requested")
                        .flatMap(topic -> observed.read(topic).stream())
                        .toList(),
                observed.account());
        var told = events.accepted().stream().map(Event::report).collect(Collectors.toSet());
        return new History(
                ChangesMade.of(inputs, dead, observed.workspace()),
                Stream.concat(Sent.of(inputs, dead).stream(), SentByLineage.of(observed, settled, dead).stream())
                        .toList(),
                events,
                memory,
                InMode.of(observed, told));
    }

    /** {@code topic/partition/offset} of the record that a dead letter is of. */
    public static String placeOfDead(ConsumerRecord<byte[], byte[]> letter) {
        return DeadLetters.place(letter);
    }

    /**
     * The broken promises, one sentence each, but for the budget and those to some reports. To be called when nothing is
     * open any more.
     */
    public List<String> brokenBut(Set<String> reports) {
        return sentences(found(reports));
    }

    /** Whether these calls were too many at a time. */
    public static List<String> overBudget(List<CallLog.Call> calls, int requests, Duration period) {
        return sentences(tooMany(calls, requests, period));
    }

    private static List<String> sentences(List<Broken> found) {
        return found.stream().map(Broken::what).toList();
    }

    List<Broken> found(int requests, Duration period) {
        return Stream.concat(found(Set.of()).stream(), tooMany(calls(), requests, period).stream())
                .toList();
    }

    private List<Broken> found(Set<String> reports) {
        return Stream.concat(
                        Promises.of(Promises.TO_REPORTS, without(reports)).stream(),
                        Promises.of(Promises.TO_CHANGES, this).stream())
                .toList();
    }

    /** Changes that ended in nothing for one of their reports. */
    public List<String> notCovered() {
        return sentences(Covered.broken(this));
    }

    /** The same without the runs of some reports, as if they had never been. */
    public History without(Set<String> reports) {
        return reports.isEmpty()
                ? this
                : new History(
                        changes.stream().map(change -> change.without(reports)).toList(),
                        sent,
                        events.without(reports),
                        memory.without(reports),
                        mode.without(reports));
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

    public List<Event> accepted() {
        return events.accepted();
    }

    public List<Event> finished() {
        return events.finished();
    }

    public List<Event> rejected() {
        return events.rejected();
    }

    public List<CallLog.Call> calls() {
        return mode.calls();
    }

    List<SandboxRun> runs() {
        return mode.runs();
    }

    /** The calls that ask for a run. */
    public List<CallLog.Call> posts() {
        return calls().stream().filter(CallLog.Call::isPost).toList();
    }

    /** How many runs were posted for each report, and for each dataset. */
    public Map<String, Long> postsByReport() {
        return posts().stream()
                .collect(Collectors.groupingBy(
                        post -> post.report().or(post::dataset).orElseThrow(), Collectors.counting()));
    }
}
