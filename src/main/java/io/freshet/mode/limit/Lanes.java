package io.freshet.mode.limit;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** Who waits to call. Those lanes in which somebody waits go by their weight: a smooth weighted round robin. */
final class Lanes {

    /** A queue's own order isn't that of arrival where priorities are equal. */
    private record Place(Claim claim, long arrival) {
        static final Comparator<Place> ORDER = Comparator.comparing((Place place) -> place.claim.priority())
                .thenComparing(place -> place.claim.groupKey())
                .thenComparingLong(Place::arrival);
    }

    private final Map<Lane, PriorityQueue<Place>> waiting = new EnumMap<>(Lane.class);
    private final Map<Lane, Integer> credit = new EnumMap<>(Lane.class);
    private long arrivals;

    void add(Claim claim) {
        queue(claim.lane()).add(new Place(claim, arrivals++));
    }

    /** Whether it was there. */
    boolean remove(Claim claim) {
        return queue(claim.lane()).removeIf(place -> place.claim().equals(claim));
    }

    /** How many wait in each. */
    Map<Lane, Integer> sizes() {
        var sizes = new EnumMap<Lane, Integer>(Lane.class);
        for (var lane : Lane.values()) {
            sizes.put(lane, queue(lane).size());
        }
        return sizes;
    }

    boolean isEmpty() {
        return waiting.values().stream().allMatch(PriorityQueue::isEmpty);
    }

    boolean isBackfillOnly() {
        return waiting.entrySet().stream()
                .allMatch(lane ->
                        lane.getKey() == Lane.BACKFILL || lane.getValue().isEmpty());
    }

    /**
     * Takes whose turn it is.
     *
     * @param isAmple whether more is free than what a backfill leaves alone for those who haven't come yet; if others
     *     wait to post, a backfill shares with them by weight whatever is free
     */
    Optional<Claim> next(boolean isAmple) {
        return nextLane(isAmple || !queue(Lane.POST).isEmpty())
                .map(lane -> queue(lane).remove().claim());
    }

    private Optional<Lane> nextLane(boolean mayBackfill) {
        var total = 0;
        Lane best = null;
        for (var lane : Lane.values()) {
            if (queue(lane).isEmpty() || (lane == Lane.BACKFILL && !mayBackfill)) {
                credit.put(lane, 0);
                continue;
            }
            total += lane.weight;
            credit.merge(lane, lane.weight, Integer::sum);
            if (best == null || creditOf(lane) > creditOf(best)) {
                best = lane;
            }
        }
        if (best != null) {
            credit.merge(best, -total, Integer::sum);
        }
        return Optional.ofNullable(best);
    }

    private int creditOf(Lane lane) {
        return credit.getOrDefault(lane, 0);
    }

    private PriorityQueue<Place> queue(Lane lane) {
        return waiting.computeIfAbsent(lane, missing -> new PriorityQueue<>(Place.ORDER));
    }
}
