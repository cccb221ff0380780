package io.freshet.mode.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** Deeds at their times, one after the other; nobody waits between them. */
final class VirtualTime {

    static final Instant START = Instant.parse("2026-08-01T00:00:00Z");

    private record Event(Instant at, long number, Runnable deed) {}

    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::number));
    private Instant now = START;
    private long numbers;

    VirtualTime(Random random) {
        this.random = random;
    }

    Instant now() {
        return now;
    }

    void at(Instant at, Runnable deed) {
        events.add(new Event(at, numbers++, deed));
    }

    /** Does what is next, where there is anything. */
    boolean goOn() {
        var event = events.poll();
        if (event == null) {
            return false;
        }
        now = event.at();
        event.deed().run();
        return true;
    }

    /** From none to all of it. */
    Duration part(Duration whole) {
        return Duration.ofNanos((long) (whole.toNanos() * random.nextDouble()));
    }
}
