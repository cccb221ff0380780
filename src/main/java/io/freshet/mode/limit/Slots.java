package io.freshet.mode.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** What counts at Mode: calls under way, and calls that were answered less than a period ago. */
final class Slots {

    private final Duration period;
    private final PriorityQueue<Instant> freeAt = new PriorityQueue<>();
    private int underWay;
    private long freed;
    private boolean isHandedOver;

    Slots(Duration period) {
        this.period = period;
    }

    /** How many are taken, as of the last {@link #catchUp}. */
    int taken() {
        return underWay + freeAt.size();
    }

    int underWay() {
        return underWay;
    }

    void take() {
        underWay++;
    }

    void answered(Instant now) {
        underWay--;
        freeAt.add(now.plus(period));
    }

    void unused() {
        underWay--;
    }

    void catchUp(Instant now) {
        while (!freeAt.isEmpty() && !freeAt.peek().isAfter(now)) {
            freeAt.remove();
            freed++;
        }
    }

    /** How many have become free ever, as of the last {@link #catchUp}. */
    long freed() {
        return freed;
    }

    /** When the next one is free, if that needs no answer first. */
    Optional<Instant> nextFree() {
        return Optional.ofNullable(freeAt.peek());
    }

    /** How long each answered call still counts, the shortest first; may be asked again, if nobody heard it. */
    List<Duration> handOver(Instant now) {
        isHandedOver = true;
        return freeAt.stream().sorted().map(at -> Duration.between(now, at)).toList();
    }

    /** Calls of somebody else's count as well, each for so long. What was handed over was theirs to count, and is among them. */
    void inherit(List<Duration> remaining, Instant now) {
        if (isHandedOver) {
            freeAt.clear();
            isHandedOver = false;
        }
        remaining.forEach(time -> freeAt.add(now.plus(time)));
    }
}
