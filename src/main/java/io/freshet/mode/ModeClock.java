package io.freshet.mode;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Mode's clock, as far as the {@code Date} of its last answers shows it: in whole seconds, as old as the answer, and
 * perhaps by the clock of another machine than the one that stamps {@code created_at}. So it is never trusted to the
 * second, and one odd answer among several moves nothing.
 */
final class ModeClock {

    private static final int SAMPLES = 16;
    /** With fewer answers than this, one odd one among them can't be told. */
    private static final int SEVERAL = 4;

    private static final Duration UNKNOWN = Duration.ofMinutes(10);
    /** A {@code Date} leaves up to a second out, and an answer takes its time. */
    private static final Duration OF_A_DATE = Duration.ofSeconds(2);

    private final Clock ours;
    private final Deque<Duration> samples = new ArrayDeque<>();
    /** Of a burst of answers all but the first of each second bring a date that was read before. */
    private volatile @Nullable Said last;

    /** A date, and what it means. */
    private record Said(String date, Instant at) {}

    /** @param ours a clock that doesn't step, or what was learnt before is worth nothing after it */
    ModeClock(Clock ours) {
        this.ours = ours;
    }

    /** An answer came with this {@code Date}. One that can't be read, a proxy's fancy, says nothing. */
    void heard(String date) {
        try {
            learn(Duration.between(ours.instant(), read(date)));
        } catch (DateTimeException e) {
            return;
        }
    }

    private Instant read(String date) {
        var before = last;
        if (before != null && date.equals(before.date())) {
            return before.at();
        }
        var at = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        last = new Said(date, at);
        return at;
    }

    private synchronized void learn(Duration sample) {
        if (samples.size() == SAMPLES) {
            samples.remove();
        }
        samples.add(sample);
    }

    /** By how much Mode's clock is ahead of ours; unknown before the first answer. */
    synchronized Optional<Duration> skew() {
        return samples.isEmpty() ? Optional.empty() : Optional.of(part(2));
    }

    /** By how much Mode's clock may be behind what {@link #skew} says. */
    synchronized Duration tolerance() {
        return samples.size() < SEVERAL ? UNKNOWN : OF_A_DATE.plus(part(2).minus(part(4)));
    }

    /** The present by Mode's clock is no earlier. */
    synchronized Instant earliestNow() {
        return ours.instant().plus(lowestSkew()).minus(tolerance());
    }

    private Duration lowestSkew() {
        if (samples.size() >= SEVERAL) {
            return part(2);
        }
        var lowest = samples.isEmpty() ? Duration.ZERO : Collections.min(samples);
        return lowest.isNegative() ? lowest : Duration.ZERO;
    }

    /** The highest of this part of the samples, the lowest of them: of half, the median; of a quarter, the quartile. */
    private Duration part(int part) {
        List<Duration> inOrder = samples.stream().sorted().toList();
        return inOrder.get((inOrder.size() - 1) / part);
    }
}
