package io.freshet.sandbox;

import io.freshet.sandbox.SandboxSettings.RateCounting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Who is let in. A request that was refused takes nobody's place. */
final class RateLimit {

    /**
     * @param remaining how many more would be let in at once
     * @param pause how long until one would be let in; zero where this one was
     */
    record Admission(boolean admitted, int remaining, Duration pause) {}

    private final int requests;
    private final Duration period;
    private final RateCounting counting;
    private final Deque<Instant> arrivals = new ArrayDeque<>();
    private double level;
    private Instant leakedAt = Instant.EPOCH;

    RateLimit(SandboxSettings settings) {
        requests = settings.requests();
        period = settings.period();
        counting = settings.counting();
    }

    int requests() {
        return requests;
    }

    synchronized Admission arrive(Instant now) {
        return switch (counting) {
            case WINDOW -> window(now);
            case BUCKET -> bucket(now);
            case UNLIMITED -> new Admission(true, requests, Duration.ZERO);
        };
    }

    private Admission window(Instant now) {
        while (!arrivals.isEmpty() && !arrivals.getFirst().plus(period).isAfter(now)) {
            arrivals.removeFirst();
        }
        if (arrivals.size() >= requests) {
            return new Admission(
                    false, 0, Duration.between(now, arrivals.getFirst().plus(period)));
        }
        arrivals.addLast(now);
        return new Admission(true, requests - arrivals.size(), Duration.ZERO);
    }

    private Admission bucket(Instant now) {
        level = Math.max(0, level - seconds(Duration.between(leakedAt, now)) * perSecond());
        leakedAt = now;
        if (level + 1 > requests) {
            var pause = (level + 1 - requests) / perSecond();
            return new Admission(false, 0, Duration.ofMillis((long) Math.ceil(pause * 1000)));
        }
        level++;
        return new Admission(true, (int) (requests - level), Duration.ZERO);
    }

    private double perSecond() {
        return requests / seconds(period);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
