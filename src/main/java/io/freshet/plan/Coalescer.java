package io.freshet.plan;

import io.freshet.event.Cause;
import io.freshet.event.Change;
import io.freshet.event.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets a change wait for company of the same target: until none came for a while, or the first has waited long enough.
 * Not for several threads.
 *
 * @param <T> what a change came with
 */
public final class Coalescer<T> {

    private record Group(String account, Target target) {}

    private final class Gathering {
        final List<Cause> changes = new ArrayList<>();
        final List<T> origins = new ArrayList<>();
        final Instant latest;
        Instant ripe;

        Gathering(Instant now) {
            this.latest = now.plus(maxWait);
            this.ripe = latest;
        }

        void add(Cause change, T origin, Instant now) {
            changes.add(change);
            origins.add(origin);
            var rested = now.plus(quiet);
            ripe = rested.isBefore(latest) ? rested : latest;
        }
    }

    private final Duration quiet;
    private final Duration maxWait;
    private final Map<Group, Gathering> gatherings = new LinkedHashMap<>();

    /**
     * @param quiet how long no further change must come
     * @param maxWait how long the first change waits at most
     */
    public Coalescer(Duration quiet, Duration maxWait) {
        this.quiet = quiet;
        this.maxWait = maxWait;
    }

    public void add(Change change, T origin, Instant now) {
        gatherings
                .computeIfAbsent(new Group(change.account(), change.target()), group -> new Gathering(now))
                .add(change.cause(), origin, now);
    }

    /** Takes the batches that have waited long enough. */
    public List<Batch<T>> ripe(Instant now) {
        var batches = new ArrayList<Batch<T>>();
        gatherings.entrySet().removeIf(entry -> {
            var group = entry.getKey();
            var gathering = entry.getValue();
            if (gathering.ripe.isAfter(now)) {
                return false;
            }
            return batches.add(new Batch<>(group.account(), group.target(), gathering.changes, gathering.origins));
        });
        return batches;
    }

    /** When the next batch will have waited long enough; empty where nothing waits. */
    public Optional<Instant> nextRipe() {
        return gatherings.values().stream().map(gathering -> gathering.ripe).min(Instant::compareTo);
    }
}
