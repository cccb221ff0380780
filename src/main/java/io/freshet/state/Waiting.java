package io.freshet.state;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request that nobody has posted. The only state in which a later request joins an earlier one.
 *
 * @param notBefore earliest instant of the next attempt
 */
public record Waiting(RefreshRequest request, Instant notBefore, Attempts attempts, ReportHistory memory)
        implements ReportState {

    public Waiting { // also when it is read back
        requireNonNull(request, "request");
        requireNonNull(notBefore, "notBefore");
        requireNonNull(attempts, "attempts");
        requireNonNull(memory, "memory");
    }

    @Override
    public ReportState with(RefreshRequest more) {
        return new Waiting(request.and(more), notBefore, attempts, memory);
    }

    @Override
    public ReportState with(ReportHistory history) {
        return new Waiting(request, notBefore, attempts, history);
    }

    /**
     * The intent, to be saved before the POST leaves: Mode has no idempotency key, so this is what a crash finds.
     *
     * @param modeNow the earliest that the present may be by Mode's clock, for comparison with {@code created_at}
     */
    public Transition posting(Instant now, Instant modeNow) {
        return Transition.to(
                new Posting(request, Optional.empty(), now, modeNow, Optional.empty(), now, attempts, memory));
    }

    /** It couldn't be tried. */
    public Transition later(Instant at) {
        return Transition.notPersisted(new Waiting(request, at, attempts, memory));
    }

    @Override
    public Optional<Step> step() {
        var kind = request.backfill() ? Step.Kind.BACKFILL : Step.Kind.POST;
        return Optional.of(new Step(kind, notBefore, request.priority()));
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
