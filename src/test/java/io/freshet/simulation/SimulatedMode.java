package io.freshet.simulation;

import io.freshet.mode.ModeWiring.Request;
import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.ReportRuns;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxRun;
import io.freshet.sandbox.WithoutSocket;
import io.freshet.sandbox.WithoutSocket.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One workspace of Mode's: the sandbox's own answers, without its socket. */
final class SimulatedMode {

    private final VirtualTime time;
    private final SimulatedWire wire;
    private final WithoutSocket sandbox;
    private final List<CallLog.Call> calls = new ArrayList<>();
    /** When a run was made, by the world's time; Mode's own clock is another. */
    private final Map<String, Instant> madeAt = new HashMap<>();

    private final Set<String> beyondGrace = new HashSet<>();
    private final Set<String> forbidden = new HashSet<>();
    private ReportRuns reportRuns = ReportRuns.LOAD;
    private final SetClock clock;
    /** Of the front end, which says the {@code Date}. */
    private final SetClock front;

    SimulatedMode(VirtualTime time, Trouble trouble, String account, int requests, Duration period) {
        this.time = time;
        this.wire = new SimulatedWire(time, trouble, this);
        var random = time.random();
        this.clock = new SetClock(time, Duration.ofMillis(random.nextLong(-40_000, 40_000)));
        this.front = new SetClock(time, clock.offset().plusMillis(random.nextLong(-60_000, 60_000)));
        this.sandbox = new WithoutSocket(account, requests, period, clock, new Random(random.nextLong()));
    }

    void forbid(String report) {
        forbidden.add(report);
        sandbox.workspace().forbidReport(report);
    }

    void reportRuns(ReportRuns what) {
        reportRuns = what;
        sandbox.workspace().datasetRuns().reportRuns(what);
    }

    /** What may end in any way: of a report whose run queries its datasets, that would have to end the same. */
    List<String> thatMayEndAnyhow() {
        var all = new ArrayList<>(sandbox.workspace().reports());
        if (reportRuns == ReportRuns.LOAD) {
            all.addAll(sandbox.workspace().datasets());
        }
        return all;
    }

    /** Reports that can be asked about. */
    List<String> visibleReports() {
        return sandbox.workspace().reports().stream()
                .filter(report -> !forbidden.contains(report))
                .toList();
    }

    SimulatedWire wire() {
        return wire;
    }

    WithoutSocket sandbox() {
        return sandbox;
    }

    List<CallLog.Call> calls() {
        return calls;
    }

    /** Reports of which a run showed later than anybody is promised to wait. */
    Set<String> beyondGrace() {
        return beyondGrace;
    }

    /** By the world's time. */
    List<SandboxRun> runs(String token) {
        return sandbox.workspace().runs(token).stream().map(this::byWorldTime).toList();
    }

    /** When Mode's schedule, or a report's run, has made a run of a dataset, only Mode's own clock says. */
    /** Whether it is a run that the API key has not started. */
    boolean isByAnother(String token, String run) {
        return sandbox.workspace().runs(token).stream()
                .anyMatch(one -> one.token().equals(run) && !one.executedBy().equals(Sandbox.API_USER));
    }

    private SandboxRun byWorldTime(SandboxRun run) {
        var made = Optional.ofNullable(madeAt.get(run.token()))
                .orElseGet(() -> clock.firstShown(run.createdAt(), VirtualTime.START));
        return new SandboxRun(
                run.token(),
                run.report(),
                run.datasetTokens(),
                run.state(),
                made,
                run.completedAt().map(end -> clock.firstShown(end, made)),
                run.executedBy());
    }

    void setClock(Duration by) {
        (time.chance(0.5) ? clock : front).set(by);
    }

    /** As the {@code Date} of an answer says. */
    Instant date() {
        return front.instant();
    }

    /** A run of its report will show later than anybody is promised to wait. */
    void showsBeyondGrace(Request request) {
        beyondGrace.add(report(request));
    }

    /** @param shown the status that is answered instead of the true one; 0 where that is answered */
    Response act(Request request, Instant arrivedAt, int shown) {
        var response = sandbox.answer(request.method(), request.path(), request.query(), request.body());
        if (response.tookEffect()) {
            madeAt.put(sandbox.workspace().runs(report(request)).get(0).token(), time.now());
        }
        log(request, arrivedAt, shown == 0 ? response.status() : shown, response.tookEffect());
        return response;
    }

    void log(Request request, Instant arrivedAt, int status, boolean tookEffect) {
        calls.add(sandbox.call(
                arrivedAt, request.method(), request.path(), request.query(), request.body(), status, tookEffect));
    }

    private static String report(Request request) {
        return request.path().split("/", -1)[2];
    }
}
