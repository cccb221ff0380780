package io.freshet.mode;

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
 */
final class Circuit {

    private static final int DIFFERENT_FAILURES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final DoubleSupplier jitter;
    private final Set<String> failed = new HashSet<>();
    private Optional<String> trouble = Optional.empty();
    private Duration pause = FIRST_PAUSE;
    private Instant probeAt = Instant.MIN;
    private boolean probing;

    /** @param jitter from 0 to 1: which part of the pause's second half is taken */
    Circuit(DoubleSupplier jitter) {
        this.jitter = jitter;
    }

    /** What is wrong while it is open. */
    Optional<String> trouble() {
        return trouble;
    }

    /** How many calls may leave now. */
    int allows(Instant now) {
        if (trouble.isEmpty()) {
            return Integer.MAX_VALUE;
        }
        return probing || now.isBefore(probeAt) ? 0 : 1;
    }

    /** When it is worth a look again; empty while a probe is under way. */
    Optional<Instant> opensAt() {
        return probing ? Optional.empty() : Optional.of(trouble.isEmpty() ? Instant.MIN : probeAt);
    }

    /** A call leaves. */
    void left() {
        probing = trouble.isPresent();
    }

    /** A call that was allowed is not made. */
    void unused() {
        probing = false;
    }

    /** Mode answered as itself, whatever it said; 4xx and 429 count too. */
    void well() {
        failed.clear();
        trouble = Optional.empty();
        pause = FIRST_PAUSE;
        probing = false;
    }

    /**
     * @param subject what the call was about
     * @param whole whether the failure is sure to be of all calls: no connection, or the credential refused
     */
    void failed(String subject, String message, boolean whole, Instant now) {
        if (trouble.isPresent() && !probing) {
            return; // it left before this opened, and says nothing new: only a probe lengthens the pause
        }
        failed.add(subject);
        probing = false;
        if (whole || trouble.isPresent() || failed.size() >= DIFFERENT_FAILURES) {
            var half = pause.toMillis() / 2;
            probeAt = now.plusMillis(half + (long) (half * jitter.getAsDouble()));
            trouble = Optional.of(message);
            var doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
    }
}
