package io.freshet.mode;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Mode's clock, as far as its last answers show it. The {@code Date} of each is in whole seconds, as old as the answer, and
 * perhaps by the clock of a front end, which may be a minute from that of the machine that stamps {@code created_at}. What
 * Mode has stamped just now, as the answer to a POST shows it, is better, but rarer. Neither is trusted to the second, and
 * one odd date among several moves nothing.
 */
public final class ModeClock {

    private static final Duration UNKNOWN = Duration.ofMinutes(10);
    /** A {@code Date} leaves up to a second out, and an answer takes its time. */
    private static final Duration OF_A_DATE = Duration.ofSeconds(2);
    /** Alone. */
    private static final Duration OF_A_SECOND = Duration.ofSeconds(1);
    /** Between the clock of a front end and the one that stamps runs. */
    private static final Duration OF_TWO_MACHINES = Duration.ofMinutes(2);
    /** Stamps are seldom, and the clock may be set in between. */
    private static final Duration OF_A_STAMP = Duration.ofSeconds(10);

    private final Clock ours;
    private final SkewSamples dates = new SkewSamples();
    private final SkewSamples stamps = new SkewSamples();
    /** Of a burst of answers all but the first of each second bring a date that was read before. */
    private volatile @Nullable Said last;

    private volatile boolean wasAnswered;

    /** A date, and what it means. */
    private record Said(String date, Instant at) {}

    /** @param ours a clock that doesn't step, or what was learnt before is worth nothing after it */
    ModeClock(Clock ours) {
        this.ours = ours;
    }

    /** An answer came. Without a {@code Date}, or with one that can't be read, a proxy's fancy, it says nothing of the time. */
    void heard(Optional<String> date) {
        wasAnswered = true;
        date.ifPresent(this::heard);
    }

    private void heard(String date) {
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
        dates.add(sample);
    }

    /** Mode has just stamped a run so. */
    synchronized void stamped(Instant createdAt) {
        var sample = Duration.between(ours.instant(), createdAt);
        var isOdd = dates.isEmpty() || sample.minus(dates.part(2)).abs().compareTo(UNKNOWN) > 0;
        if (!isOdd) {
            stamps.add(sample);
        }
    }

    /** Whether Mode has answered at all: before that, nothing is known of its clock. */
    public boolean wasAnswered() {
        return wasAnswered;
    }

    /** By how much Mode's clock is ahead of ours; unknown before the first answer. */
    public synchronized Optional<Duration> skew() {
        return dates.isEmpty() ? Optional.empty() : Optional.of(dates.part(2));
    }

    /** About the present by Mode's clock; unknown before the first answer. */
    public Optional<Instant> now() {
        return skew().map(ours.instant()::plus);
    }

    /** The present by the clock that stamps runs is no earlier: what Mode does from now on, it does not date before this. */
    public synchronized Instant earliestNow() {
        return ours.instant().plus(lowestSkew());
    }

    /** About when, by Mode's clock, something was that is so long ago; unknown before the first answer. */
    public Optional<Instant> about(Duration ago) {
        return now().map(now -> now.minus(ago));
    }

    /**
     * What is so long ago was no later by the clock that stamps runs. How long is measured by another clock than the one that
     * this goes by ({@link SteadyClock}), so an instant of that one would mean nothing here.
     */
    public synchronized Instant latest(Duration ago) {
        return ours.instant().plus(highestSkew()).minus(ago.minus(ago.dividedBy(SteadyClock.SLOWLY)));
    }

    /** One date is enough to make it later: ours may have stood still while this machine slept. */
    private Duration highestSkew() {
        if (stamps.areSeveral()) {
            return longer(stamps.part(1).plus(OF_A_STAMP), dates.part(1).plus(OF_A_DATE));
        }
        if (dates.areSeveral()) {
            var spread = dates.part(2).minus(dates.part(4));
            return longer(dates.part(2).plus(spread), dates.part(1))
                    .plus(OF_A_DATE)
                    .plus(OF_TWO_MACHINES);
        }
        return longer(dates.isEmpty() ? Duration.ZERO : dates.part(1), Duration.ZERO)
                .plus(UNKNOWN);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /**
     * By how much the clock that stamps runs is ahead of what {@link #now} says, at least, as far as one may rely on it; it may
     * well be behind.
     */
    public synchronized Duration stampsAhead() {
        return stamps.isEmpty()
                ? OF_TWO_MACHINES.negated()
                : stamps.part(2).minus(dates.part(2)).minus(OF_A_SECOND);
    }

    private Duration lowestSkew() {
        if (stamps.areSeveral()) {
            return stamps.lowest().minus(OF_A_STAMP);
        }
        if (dates.areSeveral()) {
            var spread = dates.part(2).minus(dates.part(4));
            return dates.part(2).minus(spread).minus(OF_A_DATE).minus(OF_TWO_MACHINES);
        }
        var lowest = dates.isEmpty() ? Duration.ZERO : dates.lowest();
        return (lowest.isNegative() ? lowest : Duration.ZERO).minus(UNKNOWN);
    }
}
