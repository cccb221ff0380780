package io.freshet.refresh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A wish that nobody has posted. The only state in which a later wish joins an earlier one.
 *
 * @param notBefore earliest instant of the next attempt
 */
public record Waiting(Wish wish, Instant notBefore, Attempts attempts, Memory memory) implements Standing {

    public Waiting { // also when it is read back
        requireNonNull(wish, "wish");
        requireNonNull(notBefore, "notBefore");
        requireNonNull(attempts, "attempts");
        requireNonNull(memory, "memory");
    }

    /** By how much Mode's {@code Date} header, which counts whole seconds, may be off. */
    static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    @Override
    public Standing absorb(Wish more) {
        return Standing.news(memory, more)
                .filter(news -> !wish.covers(news))
                .<Standing>map(news -> new Waiting(wish.and(news), notBefore, attempts, memory))
                .orElse(this);
    }

    /**
     * The intent, to be saved before the POST leaves: Mode has no idempotency key, so this is what a crash finds.
     *
     * @param modeNow the present by Mode's clock, for comparison with {@code created_at}
     */
    public Transition posting(Instant now, Instant modeNow) {
        return Transition.to(
                new Posting(wish, Optional.empty(), now, modeNow.minus(CLOCK_TOLERANCE), now, attempts, memory));
    }

    @Override
    public Optional<Step> step() {
        var kind = wish.backfill() ? Step.Kind.BACKFILL : Step.Kind.POST;
        return Optional.of(new Step(kind, notBefore, wish.oldestChange()));
    }

    @Override
    public <T> T fold(
            Function<Settled, T> settled,
            Function<Waiting, T> waiting,
            Function<Posting, T> posting,
            Function<Running, T> running) {
        return waiting.apply(this);
    }
}
