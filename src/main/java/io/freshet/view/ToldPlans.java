package io.freshet.view;

import io.freshet.event.BatchKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** What was told of the last batches that were planned: no more of them than a number, a size and an age. Safe for several threads. */
final class ToldPlans {

    static final int MOST = 2_000;

    private final int most;
    private final int mostCharacters;
    private final Map<BatchKey, ToldPlan> plans = new HashMap<>();
    private final PriorityQueue<ToldPlan> oldestFirst = new PriorityQueue<>(Comparator.comparing(ToldPlan::plannedAt));
    private long characters;

    ToldPlans(int most, int mostCharacters) {
        this.most = most;
        this.mostCharacters = mostCharacters;
    }

    /** Those that are told later win: a topic that was made anew counts batches from the first again. */
    synchronized void add(ToldPlan plan, Instant now) {
        var before = plans.put(plan.batch(), plan);
        if (before != null) {
            oldestFirst.remove(before);
            characters -= before.characters();
        }
        oldestFirst.add(plan);
        characters += plan.characters();
        forget(now.minus(RunHistory.OLDEST));
    }

    private void forget(Instant before) {
        for (var oldest = oldestFirst.peek();
                oldest != null && isTooMuch(oldest, before);
                oldest = oldestFirst.peek()) {
            oldestFirst.remove();
            plans.remove(oldest.batch());
            characters -= oldest.characters();
        }
    }

    private boolean isTooMuch(ToldPlan oldest, Instant before) {
        return plans.size() > most
                || characters > mostCharacters
                || oldest.plannedAt().isBefore(before);
    }

    synchronized Optional<ToldPlan> find(BatchKey batch) {
        return Optional.ofNullable(plans.get(batch));
    }
}
