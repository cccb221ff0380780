package io.freshet.mode;

import io.freshet.mode.limit.Lane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many calls were answered in the last quarter of an hour, ten seconds at a time. Safe for several threads. */
final class CallHistory {

    static final int SPANS = 90;
    static final Duration SPAN = Duration.ofSeconds(10);

    private static final class Span {
        private final long number;
        private final Map<Lane, Integer> answered = new EnumMap<>(Lane.class);
        private int throttled;

        private Span(long number) {
            this.number = number;
        }

        private CallsInSpan counted() {
            return new CallsInSpan(Instant.ofEpochMilli(number * SPAN.toMillis()), answered, throttled);
        }
    }

    private final Clock clock;
    private final Deque<Span> oldestFirst = new ArrayDeque<>();

    /** @param clock whose time of day is shown, and which goes on evenly */
    CallHistory(Clock clock) {
        this.clock = clock;
        oldestFirst.add(new Span(number()));
    }

    private long number() {
        return Math.floorDiv(clock.millis(), SPAN.toMillis());
    }

    synchronized void answered(Lane lane, boolean isThrottled) {
        goOn();
        var now = oldestFirst.getLast();
        now.answered.merge(lane, 1, Integer::sum);
        now.throttled += isThrottled ? 1 : 0;
    }

    /** Each since the start, also those without a call; the last one isn't over. */
    synchronized List<CallsInSpan> spans() {
        goOn();
        return oldestFirst.stream().map(Span::counted).toList();
    }

    private void goOn() {
        var now = number();
        for (var next = Math.max(oldestFirst.getLast().number, now - SPANS) + 1; next <= now; next++) {
            oldestFirst.add(new Span(next));
            if (oldestFirst.size() > SPANS) {
                oldestFirst.remove();
            }
        }
    }
}
