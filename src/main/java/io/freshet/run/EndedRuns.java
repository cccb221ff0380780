package io.freshet.run;

import io.freshet.lineage.LineageKey;
import io.freshet.lineage.LineageRun;
import io.freshet.lineage.UnmatchedNamespaces;
import io.freshet.mode.OneShotTimer;
import io.freshet.telemetry.LineageRuns;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * Runs of one workspace that have ended well and are to become changes: all that have gathered at once, and one attempt after the
 * other.
 */
final class EndedRuns {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** In one attempt. */
    private static final int MOST = 500;

    private final String account;
    private final Function<Map<LineageKey, LineageRun>, Uni<Void>> match;
    private final LineageRuns telemetry;
    private final Clock clock;
    private final ScheduledExecutorService workers;
    private final OneShotTimer timer;
    private final UnmatchedNamespaces unmatched = new UnmatchedNamespaces();
    private final Map<LineageKey, LineageRun> runs = new LinkedHashMap<>();
    private Map<LineageKey, LineageRun> underWay = Map.of();
    private Duration pause = Duration.ZERO;
    private boolean hasLeft;

    EndedRuns(
            String account,
            Function<Map<LineageKey, LineageRun>, Uni<Void>> match,
            LineageRuns telemetry,
            Clock clock,
            ScheduledExecutorService timer) {
        this.account = account;
        this.match = match;
        this.telemetry = telemetry;
        this.clock = clock;
        this.workers = timer;
        this.timer = new OneShotTimer(clock, timer, this::begin);
    }

    UnmatchedNamespaces unmatched() {
        return unmatched;
    }

    void add(LineageKey key, LineageRun run) {
        var mayBegin = put(key, run);
        if (mayBegin) {
            begin();
        }
        tellWaiting();
    }

    /** After all else, so that nothing is left undone if it fails. */
    private void tellWaiting() {
        telemetry.waiting(account, count());
    }

    private synchronized int count() {
        return runs.size();
    }

    /** Whether an attempt may begin now. */
    private synchronized boolean put(LineageKey key, LineageRun run) {
        if (hasLeft) {
            return false;
        }
        runs.put(key, run);
        return pause.isZero();
    }

    synchronized void forget(LineageKey key) {
        if (runs.remove(key) != null && !underWay.containsKey(key)) {
            telemetry.dropped(account, key.run());
        }
        telemetry.waiting(account, runs.size());
    }

    /** Nothing begins any more. */
    synchronized void leave() {
        hasLeft = true;
        runs.clear();
        timer.set(Optional.empty());
    }

    /** Nobody but the ledger's record waits for a run, so this is where it is subscribed to. */
    private void begin() {
        var taken = take();
        if (!taken.isEmpty()) {
            Uni.createFrom()
                    .deferred(() -> match.apply(taken))
                    .runSubscriptionOn(
                            workers) // the ledger's thread, which may have brought the run, has other things to do
                    .subscribe()
                    .with(done -> ended(taken), failure -> again(taken, failure));
        }
    }

    private synchronized Map<LineageKey, LineageRun> take() {
        if (hasLeft || !underWay.isEmpty()) {
            return Map.of();
        }
        var taken = new LinkedHashMap<LineageKey, LineageRun>();
        runs.entrySet().stream().limit(MOST).forEach(one -> taken.put(one.getKey(), one.getValue()));
        underWay = taken;
        if (taken.isEmpty()) {
            pause = Duration.ZERO; // those that were to be tried again are gone, and no timer is set for the next one
        }
        return taken;
    }

    private void ended(Map<LineageKey, LineageRun> taken) {
        synchronized (this) {
            taken.forEach(runs::remove);
            underWay = Map.of();
            pause = Duration.ZERO;
        }
        begin();
        tellWaiting();
    }

    private synchronized void again(Map<LineageKey, LineageRun> taken, Throwable failure) {
        underWay = Map.of();
        if (hasLeft) {
            return;
        }
        var longer = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        timer.set(Optional.of(clock.instant().plus(pause)));
        telemetry.waits(account, taken.size(), failure);
    }
}
