package io.freshet.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How many steps are under way in each partition, so that a partition can be left in order. Not for several threads. */
final class StepsUnderWay {

    private record Departure(Set<Integer> partitions, CompletableFuture<Void> idle) {}

    private final Map<Integer, Integer> begun = new HashMap<>();
    private final Set<Integer> leaving = new HashSet<>();
    private final List<Departure> departures = new ArrayList<>();

    /** Whether no more steps of the partition may begin. */
    boolean isLeaving(int partition) {
        return leaving.contains(partition);
    }

    void begin(int partition) {
        begun.merge(partition, 1, Integer::sum);
    }

    void over(int partition) {
        begun.computeIfPresent(partition, (key, count) -> count > 1 ? count - 1 : null);
        departures.removeIf(this::isOver);
    }

    /** No step of these partitions begins from now on; ends when none is under way. */
    CompletionStage<Void> leave(Set<Integer> partitions) {
        leaving.addAll(partitions);
        var departure = new Departure(Set.copyOf(partitions), new CompletableFuture<>());
        if (!isOver(departure)) {
            departures.add(departure);
        }
        return departure.idle();
    }

    /** The partitions are gone, with the steps that are still under way there. */
    void left(Set<Integer> partitions) {
        leaving.removeAll(partitions);
        begun.keySet().removeAll(partitions);
        departures.removeIf(this::isOver);
    }

    private boolean isOver(Departure departure) {
        var isIdle = departure.partitions().stream().noneMatch(begun::containsKey);
        if (isIdle) {
            departure.idle().complete(null);
        }
        return isIdle;
    }
}
