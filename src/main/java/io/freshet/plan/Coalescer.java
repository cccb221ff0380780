package io.freshet.plan;

import io.freshet.event.Change;
import io.freshet.event.ChangeRef;
import io.freshet.event.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets a change wait for groupKey of the same target: until none came for a while, or the first has waited long enough.
 * Not for several threads.
 *
 * @param <T> what a change came with
 */
public final class Coalescer<T> {

    private record Group(String account, Target target) {}

    private final class OpenBatch {
        final List<ChangeRef> changes = new ArrayList<>();
        final List<T> origins = new ArrayList<>();
        final Instant latest;
        Instant due;

        OpenBatch(Instant now) {
            this.latest = now.plus(maxWait);
            this.due = latest;
        }

        void add(ChangeRef change, T origin, Instant now) {
            changes.add(change);
            origins.add(origin);
            var rested = now.plus(quiet);
            due = rested.isBefore(latest) ? rested : latest;
        }
    }

    private final Duration quiet;
    private final Duration maxWait;
    private final Map<Group, OpenBatch> openBatches = new LinkedHashMap<>();

    /**
     * @param quiet how long no further change must come
     * @param maxWait how long the first change waits at most
     */
    public Coalescer(Duration quiet, Duration maxWait) {
        this.quiet = quiet;
        this.maxWait = maxWait;
    }

    public void add(Change change, T origin, Instant now) {
        openBatches
                .computeIfAbsent(new Group(change.account(), change.target()), group -> new OpenBatch(now))
                .add(change.cause(), origin, now);
    }

    /** Takes the batches that have waited long enough. */
    public List<Batch<T>> due(Instant now) {
        var batches = new ArrayList<Batch<T>>();
        openBatches.entrySet().removeIf(entry -> {
            var group = entry.getKey();
            var openBatch = entry.getValue();
            if (openBatch.due.isAfter(now)) {
                return false;
            }
            return batches.add(new Batch<>(group.account(), group.target(), openBatch.changes, openBatch.origins));
        });
        return batches;
    }

    /** When the next batch will have waited long enough; empty where nothing waits. */
    public Optional<Instant> nextDue() {
        return openBatches.values().stream().map(openBatch -> openBatch.due).min(Instant::compareTo);
    }
}
