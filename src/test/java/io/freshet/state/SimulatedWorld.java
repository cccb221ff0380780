package io.freshet.state;

import io.freshet.event.ChangeRef;
import io.freshet.event.ReportKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What the replicas of a cluster have in common: the time, Mode with its limit, and the history that is judged. */
final class SimulatedWorld {

    static final int PARTITIONS = 3;
    /** No more than one for each partition, so that a part too many is seen. */
    static final int REQUESTS = 3;

    static final Duration PERIOD = Duration.ofSeconds(10);
    static final List<ReportKey> REPORTS = IntStream.range(0, 2 * PARTITIONS)
            .mapToObj(number -> new ReportKey("acme", "report" + number))
            .toList();

    private final Map<ReportKey, History> histories = new LinkedHashMap<>();
    private final Map<ReportKey, SimulatedMode> modes = new LinkedHashMap<>();
    private final Map<ReportKey, Set<ChangeRef>> written = new LinkedHashMap<>();
    private final List<Instant> calls = new ArrayList<>();
    private Instant now = Samples.NOON;

    SimulatedWorld() {
        for (var report : REPORTS) {
            var history = new History();
            histories.put(report, history);
            modes.put(report, new SimulatedMode(history, Duration.ofMillis(700)));
        }
    }

    static int partition(ReportKey report) {
        return REPORTS.indexOf(report) % PARTITIONS;
    }

    Instant now() {
        return now;
    }

    void pass(Duration pause) {
        now = now.plus(pause);
        modes.values().forEach(mode -> mode.timePasses(now));
    }

    History history(ReportKey report) {
        return Objects.requireNonNull(histories.get(report), report::key);
    }

    SimulatedMode mode(ReportKey report) {
        return Objects.requireNonNull(modes.get(report), report::key);
    }

    /** A refresh is in the topic, and must not be lost. */
    void written(ReportKey report, RefreshRequest request) {
        written.computeIfAbsent(report, first -> new LinkedHashSet<>())
                .addAll(request.causes().listed());
    }

    /** A call has come to Mode. */
    void called(Instant at) {
        calls.add(at);
    }

    int runs() {
        return histories.values().stream().mapToInt(History::runs).sum();
    }

    Set<String> broken() {
        var broken = new TreeSet<String>();
        histories.forEach((report, history) -> history.broken().forEach(one -> broken.add(one + " of " + report)));
        written.forEach((report, causes) -> causes.stream()
                .filter(cause -> !history(report).isAnswered(cause))
                .forEach(cause -> broken.add("Covered: " + cause.id() + " of " + report + " is lost")));
        var inOrder = calls.stream().sorted().toList();
        for (var n = REQUESTS; n < inOrder.size(); n++) {
            var first = inOrder.get(n - REQUESTS);
            if (inOrder.get(n).isBefore(first.plus(PERIOD))) {
                broken.add("Within budget: more than %d calls within %s from %s on".formatted(REQUESTS, PERIOD, first));
            }
        }
        return broken;
    }
}
