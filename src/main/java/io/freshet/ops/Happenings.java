package io.freshet.ops;

import io.freshet.event.RunEvent;
import io.freshet.plan.Batch;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The last things that have happened on this replica, and each further one as it happens. */
@ApplicationScoped
class Happenings {

    /** So many are kept of all, and as many of the ends of runs. */
    static final int KEPT = 200;

    /** A listener that is further behind than this is cut off. */
    private static final int BEHIND = 2 * KEPT;

    /** A happening with its place in the order of all. */
    record Numbered(long number, Happening happening) {}

    private final Deque<Numbered> latest = new ArrayDeque<>();
    private final Deque<Happening> ends = new ArrayDeque<>();
    private final List<MultiEmitter<? super Numbered>> listeners = new CopyOnWriteArrayList<>();
    private final Clock clock;
    private long number;

    /** Numbers begin with the present, so that those of a restarted replica are higher than those it gave before. */
    Happenings(Clock clock) {
        this.clock = clock;
        this.number = clock.millis();
    }

    void planned(Batch<?> batch, int datasets, int refreshes) {
        add(Happening.Planned.of(batch, datasets, refreshes, clock.instant()));
    }

    void told(RunEvent event) {
        add(Happening.of(event));
    }

    private synchronized void add(Happening happening) {
        var numbered = new Numbered(++number, happening);
        keep(latest, numbered);
        if (happening.isAnEnd()) {
            keep(ends, happening);
        }
        listeners.forEach(listener -> listener.emit(numbered));
    }

    private static <T> void keep(Deque<T> kept, T one) {
        kept.add(one);
        if (kept.size() > KEPT) {
            kept.remove();
        }
    }

    /** How the last runs ended, the newest first. */
    synchronized List<Happening> ends() {
        var newestFirst = new ArrayList<>(ends);
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** Those that are kept with a higher number, and then each as it happens; ends for a listener that is too slow. */
    Multi<Numbered> after(long seen) {
        return Multi.createFrom()
                .<Numbered>emitter(listener -> join(listener, seen), BEHIND)
                .onFailure()
                .recoverWithCompletion();
    }

    private synchronized void join(MultiEmitter<? super Numbered> listener, long seen) {
        latest.stream().filter(one -> one.number() > seen).forEach(listener::emit);
        listeners.add(listener);
        listener.onTermination(() -> listeners.remove(listener));
    }
}
