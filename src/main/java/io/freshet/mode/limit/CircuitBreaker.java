package io.freshet.mode.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Whether a workspace's API is worth calling. It opens when several different things failed with no success between
 * them, so that one report's trouble never holds the others; or at once when there is no connection or the credential
 * is refused. Then one call at a time finds out whether it is well again, after a pause that doubles. Plain Java,
 * without a clock; not for several threads.
 *
 * @param <T> what may be wrong
 */
public final class CircuitBreaker<T> {

    private static final int DIFFERENT_FAILURES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final DoubleSupplier jitter;
    private final Set<String> failed = new HashSet<>();
    private Optional<T> trouble = Optional.empty();
    private Duration pause = FIRST_PAUSE;
    private Instant probeAt = Instant.MIN;
    /** Number of the probe that is under way; 0 where none is. */
    private int probe;

    private int probes;

    /** @param jitter from 0 to 1: which part of the pause's second half is taken */
    public CircuitBreaker(DoubleSupplier jitter) {
        this.jitter = jitter;
    }

    /** What is wrong while it is open. */
    public Optional<T> trouble() {
        return trouble;
    }

    /** How many calls may leave now. */
    public int allows(Instant now) {
        if (trouble.isEmpty()) {
            return Integer.MAX_VALUE;
        }
        return probe > 0 || now.isBefore(probeAt) ? 0 : 1;
    }

    /** When it is worth a look again; empty while a probe is under way. */
    public Optional<Instant> opensAt() {
        return probe > 0 ? Optional.empty() : Optional.of(trouble.isEmpty() ? Instant.MIN : probeAt);
    }

    /** A call is let through. While this is open, that is a probe, of which this is the number; else 0. */
    public int left() {
        if (trouble.isPresent()) {
            probe = ++probes;
        }
        return probe;
    }

    /** Number of the probe that is under way; 0 where none is. */
    public int probe() {
        return probe;
    }

    /** A call that was let through is not made. */
    public void unused(int ofProbe) {
        if (ofProbe == probe) {
            probe = 0;
        }
    }

    /** Mode answered as itself, whatever it said; 4xx and 429 count too. */
    public void well() {
        forget();
    }

    /** Nobody calls from here any more, so that it would stay as it is, however long that is ago. */
    public void forget() {
        failed.clear();
        trouble = Optional.empty();
        pause = FIRST_PAUSE;
        probe = 0;
    }

    /**
     * @param subject what the call was about
     * @param what what went wrong with it
     * @param whole whether the failure is sure to be of all calls: no connection, or the credential refused
     * @param ofProbe as {@link #probe} said when it was let through
     */
    public void failed(String subject, T what, boolean whole, int ofProbe, Instant now) {
        if (trouble.isPresent() && (ofProbe == 0 || ofProbe != probe)) {
            return; // it left before this opened, and says nothing new: only a probe lengthens the pause
        }
        failed.add(subject);
        probe = 0;
        if (whole || trouble.isPresent() || failed.size() >= DIFFERENT_FAILURES) {
            var half = pause.toMillis() / 2;
            probeAt = now.plusMillis(half + (long) (half * jitter.getAsDouble()));
            trouble = Optional.of(what);
            var doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
    }
}
