package io.freshet.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** The one time of the world, the one thread that everything runs on, and the dice that say in which order. */
final class VirtualTime {

    /** Something that is to happen. */
    static final class Event {
        private final long at;
        private final long number;
        private final Runnable what;
        private boolean isCancelled;

        private Event(long at, long number, Runnable what) {
            this.at = at;
            this.number = number;
            this.what = what;
        }

        void cancel() {
            isCancelled = true;
        }
    }

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.<Event>comparingLong(event -> event.at).thenComparing(event -> event.number));
    private final Random random;
    private long nanos;
    private long happened;
    private int when;
    private long numbers;

    VirtualTime(long seed) {
        this.random = new Random(seed);
    }

    Random random() {
        return random;
    }

    long nanos() {
        return nanos;
    }

    Instant now() {
        return START.plusNanos(nanos);
    }

    /** How many things have happened. */
    long happened() {
        return happened;
    }

    /** When each of them has happened, as one number. */
    int when() {
        return when;
    }

    Event after(Duration delay, Runnable what) {
        return afterNanos(delay.toNanos(), what);
    }

    Event afterNanos(long delay, Runnable what) {
        var event = new Event(nanos + Math.max(0, delay), numbers++, what);
        events.add(event);
        return event;
    }

    /** Lets all happen that is to happen up to then. */
    void runUntil(Instant until) {
        var end = Duration.between(START, until).toNanos();
        while (!events.isEmpty() && events.peek().at <= end) {
            var event = events.remove();
            nanos = Math.max(nanos, event.at);
            if (!event.isCancelled) {
                happened++;
                when = 31 * when + Long.hashCode(nanos);
                event.what.run();
            }
        }
        nanos = Math.max(nanos, end);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Any duration in between, in microseconds. */
    Duration between(Duration least, Duration most) {
        var span = Duration.between(Instant.EPOCH, Instant.EPOCH.plus(most.minus(least)))
                        .toNanos()
                / 1_000;
        return least.plusNanos(span <= 0 ? 0 : 1_000 * random.nextLong(span + 1));
    }

    Duration millis(long least, long most) {
        return between(Duration.ofMillis(least), Duration.ofMillis(most));
    }
}
