package io.freshet.telemetry;

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
public class ActivityFeed {

    /** So many are kept of all, and as many of the ends of runs. */
    public static final int KEPT = 200;

    /** A listener that is further behind than this is cut off. */
    private static final int BEHIND = 2 * KEPT;

    /** An activity with its place in the order of all. */
    public record Numbered(long number, Activity activity) {}

    private final Deque<Numbered> latest = new ArrayDeque<>();
    private final Deque<Activity> ends = new ArrayDeque<>();
    private final List<MultiEmitter<? super Numbered>> listeners = new CopyOnWriteArrayList<>();
    private final Clock clock;
    private long number;

    /** Numbers begin with the present, so that those of a restarted replica are higher than those it gave before. */
    ActivityFeed(Clock clock) {
        this.clock = clock;
        this.number = clock.millis();
    }

    public void planned(Batch batch, int datasets, int refreshes) {
        add(Activity.Planned.of(batch, datasets, refreshes, clock.instant()));
    }

    public void told(RunEvent event) {
        add(Activity.of(event));
    }

    private synchronized void add(Activity activity) {
        var numbered = new Numbered(++number, activity);
        keep(latest, numbered);
        if (activity.isAnEnd()) {
            keep(ends, activity);
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
    public synchronized List<Activity> ends() {
        var newestFirst = new ArrayList<>(ends);
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** Those that are kept with a higher number, and then each as it happens; ends for a listener that is too slow. */
    public Multi<Numbered> after(long seen) {
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
