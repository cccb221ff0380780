package io.freshet.lineage;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The runs that one workspace remembers, those that were seen first in front. For one thread. */
public final class WorkspaceRuns {

    /** So many runs, and so much memory; then the oldest goes whose changes are open, or else the oldest that hasn't ended. */
    static final int MOST = 10_000;

    static final long MOST_BYTES = 32L << 20;
    /** So many times more may wait for Mode, before the oldest that has ended goes, too. */
    private static final int WAITING = 4;

    private final Map<String, LineageRun> runs = new LinkedHashMap<>();
    /** Of these, those whose changes are open. */
    private final Set<String> matched = new LinkedHashSet<>();

    private long bytes;

    public Optional<LineageRun> find(String run) {
        return Optional.ofNullable(runs.get(run));
    }

    /** @param now empty if it is forgotten */
    public void change(String run, Optional<LineageRun> now) {
        var before = runs.remove(run);
        matched.remove(run);
        bytes -= before == null ? 0 : before.bytes();
        now.ifPresent(one -> {
            runs.put(run, one);
            bytes += one.bytes();
            if (one.isMatched()) {
                matched.add(run);
            }
        });
    }

    /** Runs of which nothing will follow, so many at most. */
    public List<String> outdated(Instant now, int most) {
        return runs.entrySet().stream()
                .filter(one -> one.getValue().isOutdated(now))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The run that has to go if another one comes; empty while there is room. */
    public Optional<String> surplus() {
        return isOver(1) ? matched.stream().findFirst().or(this::oldest) : Optional.empty();
    }

    private Optional<String> oldest() {
        var isOver = isOver(WAITING);
        return runs.entrySet().stream()
                .filter(one -> isOver || !one.getValue().isComplete())
                .findFirst()
                .map(Map.Entry::getKey);
    }

    private boolean isOver(int times) {
        return runs.size() >= MOST * times || bytes >= MOST_BYTES * times;
    }
}
