package io.freshet;

import io.freshet.event.Change;
import io.freshet.mode.OneShotTimer;
import io.freshet.plan.Batch;
import io.freshet.plan.Coalescer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The changes that have been read and not yet answered. Those that wait for groupKey leave as a batch when it is time;
 * when there are too many in hand, the next ones stay in Kafka.
 *
 * @param <T> what a change came with
 */
final class InFlightChanges<T> {

    private final int most;
    private final Clock clock;
    private final Coalescer<T> coalescer;
    private final Consumer<Batch<T>> due;
    private final OneShotTimer timer;
    private final List<UniEmitter<? super Void>> full = new ArrayList<>();
    private int inHand;

    /** @param due takes what has waited long enough */
    InFlightChanges(CoalesceConfig config, Clock clock, Consumer<Batch<T>> due) {
        this.most = config.changes();
        this.clock = clock;
        this.coalescer = new Coalescer<>(config.quiet(), config.maxWait());
        this.due = due;
        this.timer = new OneShotTimer(clock, this::passOn);
    }

    /** Ends when there is room for another. */
    Uni<Void> add(Change change, T origin) {
        return Uni.createFrom().emitter(emitter -> {
            if (gather(change, origin, emitter)) {
                emitter.complete(null);
            }
            passOn();
        });
    }

    private synchronized boolean gather(Change change, T origin, UniEmitter<? super Void> emitter) {
        inHand++;
        coalescer.add(change, origin, clock.instant());
        return inHand < most || !full.add(emitter);
    }

    /** So many have been answered. */
    void answered(int changes) {
        roomFor(changes).forEach(emitter -> emitter.complete(null));
    }

    private synchronized List<UniEmitter<? super Void>> roomFor(int answered) {
        inHand -= answered;
        if (inHand >= most) {
            return List.of();
        }
        var waiting = List.copyOf(full);
        full.clear();
        return waiting;
    }

    /** How many there are. */
    synchronized int count() {
        return inHand;
    }

    private void passOn() {
        takeRipe().forEach(due);
    }

    private synchronized List<Batch<T>> takeRipe() {
        var batches = coalescer.due(clock.instant());
        timer.set(coalescer.nextDue());
        return batches;
    }
}
