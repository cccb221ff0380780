package io.freshet.view;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The last things that have happened, and each further one as it happens. Those of before the start are put in order first.
 * Numbers follow from the time, so that those of one replica are about those of another, and of this one after a restart.
 */
public final class ActivityFeed {

    /** So many are kept. */
    static final int KEPT = 200;

    /** A listener that is further behind than this is cut off. */
    private static final int BEHIND = 2 * KEPT;

    private static final int NUMBERS_A_MILLISECOND = 1_000;

    /** An activity with its place in the order of all. */
    public record Numbered(long number, Activity activity) {}

    /** @param seen the number of the last one that it has seen already */
    private record Listener(MultiEmitter<? super Numbered> emitter, long seen) {}

    private final PriorityQueue<Activity> past = new PriorityQueue<>(Comparator.comparing(Activity::at));
    private final Deque<Numbered> latest = new ArrayDeque<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private boolean isLive;
    private long number;

    synchronized void add(Activity activity) {
        if (isLive) {
            var now = number(activity);
            listeners.forEach(listener -> listener.emitter().emit(now));
            return;
        }
        past.add(activity);
        if (past.size() > KEPT) {
            past.remove();
        }
    }

    /** All that happened before is known: from now on things are told as they come. */
    synchronized void goLive() {
        if (isLive) {
            return;
        }
        isLive = true;
        Stream.generate(past::poll).limit(past.size()).forEach(this::number);
        listeners.forEach(this::tellKept);
    }

    private Numbered number(Activity activity) {
        number = Math.max(number + 1, activity.at().toEpochMilli() * NUMBERS_A_MILLISECOND);
        var numbered = new Numbered(number, activity);
        latest.add(numbered);
        if (latest.size() > KEPT) {
            latest.remove();
        }
        return numbered;
    }

    private void tellKept(Listener listener) {
        latest.stream().filter(one -> one.number() > listener.seen()).forEach(listener.emitter()::emit);
    }

    /** Those that are kept with a higher number, and then each as it happens; ends for a listener that is too slow. */
    public Multi<Numbered> after(long seen) {
        return Multi.createFrom()
                .<Numbered>emitter(listener -> join(listener, seen), BEHIND)
                .onFailure()
                .recoverWithCompletion();
    }

    private synchronized void join(MultiEmitter<? super Numbered> emitter, long seen) {
        var listener = new Listener(emitter, seen);
        tellKept(listener);
        listeners.add(listener);
        emitter.onTermination(() -> listeners.remove(listener));
    }
}
