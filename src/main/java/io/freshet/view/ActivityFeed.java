package io.freshet.view;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The last things that have happened, and each further one as it happens. Those of before the start are put in order first.
 * Numbers follow from the time, so that those of one replica are about those of another, and of this one after a restart.
 * What happens within a moment is told together: who listens has one thing to write then, and not a hundred.
 */
public final class ActivityFeed {

    /** So many are kept. */
    static final int KEPT = 200;

    /** So many are told without waiting for the moment's end. */
    static final int TOGETHER = 100;

    /** A listener that hasn't taken so many tellings is cut off. */
    static final int BEHIND = 64;

    private static final int NUMBERS_A_MILLISECOND = 1_000;

    /** An activity with its place in the order of all. */
    public record Numbered(long number, Activity activity) {}

    /** @param seen the number of the last one that it has seen already */
    private record Listener(MultiEmitter<? super List<Numbered>> emitter, long seen) {}

    private final PriorityQueue<Activity> past = new PriorityQueue<>(Comparator.comparing(Activity::at));
    private final Deque<Numbered> latest = new ArrayDeque<>();
    private final List<Numbered> untold = new ArrayList<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Consumer<Runnable> afterAMoment;
    private boolean isLive;
    private long number;

    ActivityFeed(Consumer<Runnable> afterAMoment) {
        this.afterAMoment = afterAMoment;
    }

    synchronized void add(Activity activity) {
        if (isLive) {
            tellSoon(number(activity));
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

    private void tellSoon(Numbered now) {
        if (listeners.isEmpty()) {
            return;
        }
        untold.add(now);
        if (untold.size() == 1) {
            afterAMoment.accept(this::tell);
        } else if (untold.size() >= TOGETHER) {
            tell();
        }
    }

    private synchronized void tell() {
        if (!untold.isEmpty()) {
            var told = List.copyOf(untold);
            untold.clear();
            listeners.forEach(listener -> listener.emitter().emit(told));
        }
    }

    private void tellKept(Listener listener) {
        var kept = latest.stream().filter(one -> one.number() > listener.seen()).toList();
        if (!kept.isEmpty()) {
            listener.emitter().emit(kept);
        }
    }

    /** Those that are kept with a higher number, and then each as it happens; ends for a listener that is too slow. */
    public Multi<List<Numbered>> after(long seen) {
        return Multi.createFrom()
                .<List<Numbered>>emitter(listener -> join(listener, seen), BEHIND)
                .onFailure()
                .recoverWithCompletion();
    }

    private synchronized void join(MultiEmitter<? super List<Numbered>> emitter, long seen) {
        tell(); // or the new one, which finds them among those that are kept, would be told them twice
        var listener = new Listener(emitter, seen);
        tellKept(listener);
        listeners.add(listener);
        emitter.onTermination(() -> listeners.remove(listener));
    }
}
