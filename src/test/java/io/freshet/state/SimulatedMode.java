package io.freshet.state;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Mode, as far as one report is concerned: its runs, a clock of its own, and POSTs that take effect late. */
final class SimulatedMode {

    private record Late(RefreshRequest request, Instant at) {}

    private final History history;
    private final Duration skew;
    private final List<Run> runs = new ArrayList<>();
    private final List<Late> late = new ArrayList<>();
    private int tokens;

    SimulatedMode(History history, Duration skew) {
        this.history = history;
        this.skew = skew;
    }

    /** As in the {@code Date} header, which counts whole seconds. */
    Instant date(Instant now) {
        return now.plus(skew).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Takes a run. Of ours, it shows neither the executor nor the datasets. */
    Run post(RefreshRequest request, Instant now) {
        var run = Samples.run("run" + ++tokens, now.plus(skew));
        runs.add(run);
        history.taken(run.token(), request);
        return run;
    }

    /** The client has given up, but the POST is still on its way. */
    void postLate(RefreshRequest request, Instant at) {
        late.add(new Late(request, at));
    }

    void timePasses(Instant now) {
        late.stream().filter(post -> !post.at().isAfter(now)).forEach(post -> post(post.request(), post.at()));
        late.removeIf(post -> !post.at().isAfter(now));
    }

    boolean isExpecting() {
        return !late.isEmpty();
    }

    List<Run> list() {
        return List.copyOf(runs);
    }

    Optional<Run> find(String token) {
        return runs.stream().filter(run -> run.token().equals(token)).findFirst();
    }

    void endOldest(Run.Status status, Instant now) {
        runs.stream()
                .filter(run -> run.status() == Run.Status.OPEN)
                .findFirst()
                .ifPresent(run -> runs.set(runs.indexOf(run), Samples.ended(run, status, now.plus(skew))));
    }

    void endAll(Instant now) {
        runs.replaceAll(run ->
                run.status() == Run.Status.OPEN ? Samples.ended(run, Run.Status.SUCCEEDED, now.plus(skew)) : run);
    }

    void vanish(String token) {
        runs.removeIf(run -> run.token().equals(token));
    }

    /** Somebody runs the report by hand, with no datasets. */
    void personRuns(Instant now) {
        var run = Samples.run("person" + ++tokens, now.plus(skew));
        runs.add(Samples.naming(Samples.executedBy(run, "ann"), ""));
    }
}
