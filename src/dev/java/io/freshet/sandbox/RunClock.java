package io.freshet.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How runs proceed: enqueued → running → an ending. Nothing moves them but time: where a run stands is worked out when
 * somebody looks, so it does not depend on who looked before.
 */
public final class RunClock {

    private static final String ENQUEUED = "enqueued";
    private static final String RUNNING = "running";
    private static final String SUCCEEDED = "succeeded";
    private static final Set<String> TERMINAL = Set.of(SUCCEEDED, "completed", "failed", "cancelled");

    record Pace(Duration enqueued, Duration running) {}

    record Stand(String state, Optional<Instant> completedAt) {}

    private record Hold(Instant from, Instant until) {
        boolean covers(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }
    }

    private final Clock clock;
    private final Map<String, Pace> paces = new HashMap<>();
    private final Map<String, NavigableMap<Instant, String>> endings = new HashMap<>();
    private final List<Hold> holds = new ArrayList<>();
    /** The latest that the clock has shown: it may be set back. */
    private Instant latest = Instant.MIN;

    private Pace usual = new Pace(Duration.ofMillis(500), Duration.ofMillis(1500));

    RunClock(Clock clock) {
        this.clock = clock;
    }

    /** For runs that are new from now on. */
    public synchronized void takes(Duration enqueued, Duration running) {
        usual = new Pace(enqueued, running);
    }

    /** For runs of this report that are new from now on. */
    public synchronized void takes(String report, Duration enqueued, Duration running) {
        paces.put(report, new Pace(enqueued, running));
    }

    /**
     * For every run of this report that has not ended yet. A word that Mode does not end runs with stays the run's state,
     * until another ending is named.
     */
    public synchronized void endsAs(String report, String state) {
        endings.computeIfAbsent(report, missing -> new TreeMap<>()).put(latest(), state);
    }

    private Instant latest() {
        var now = clock.instant();
        latest = now.isAfter(latest) ? now : latest;
        return latest;
    }

    /** Its runs stay "running", until another ending is named. */
    public void neverEnds(String report) {
        endsAs(report, RUNNING);
    }

    /** From now on no run starts to run. One that already does goes on. */
    public synchronized void hold() {
        if (!isHeld()) {
            holds.add(new Hold(clock.instant(), Instant.MAX));
        }
    }

    /** What was held starts to run now. */
    public synchronized void release() {
        if (isHeld()) {
            var last = holds.remove(holds.size() - 1);
            holds.add(new Hold(last.from(), clock.instant()));
        }
    }

    private boolean isHeld() {
        return !holds.isEmpty() && holds.get(holds.size() - 1).until().equals(Instant.MAX);
    }

    Instant now() {
        return clock.instant();
    }

    synchronized Pace paceOf(String report) {
        return paces.getOrDefault(report, usual);
    }

    synchronized Stand stand(String report, Instant createdAt, Pace pace) {
        var now = clock.instant();
        var startsAt = createdAt.plus(pace.enqueued());
        for (var hold : holds) {
            startsAt = hold.covers(startsAt) ? hold.until() : startsAt;
        }
        if (now.isBefore(startsAt)) {
            return new Stand(ENQUEUED, Optional.empty());
        }
        var endsAt = startsAt.plus(pace.running());
        if (now.isBefore(endsAt)) {
            return new Stand(RUNNING, Optional.empty());
        }
        latest();
        return ending(report, endsAt);
    }

    private Stand ending(String report, Instant endsAt) {
        var named = endings.getOrDefault(report, new TreeMap<>());
        var first = named.floorEntry(endsAt);
        var state = first == null ? SUCCEEDED : first.getValue();
        var since = endsAt;
        for (var later : named.tailMap(endsAt, false).entrySet()) {
            if (TERMINAL.contains(state)) {
                break;
            }
            state = later.getValue();
            since = later.getKey();
        }
        return new Stand(state, TERMINAL.contains(state) ? Optional.of(since) : Optional.empty());
    }
}
