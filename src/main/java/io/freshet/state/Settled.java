package io.freshet.state;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Nothing is requested: the report is as fresh as the last change that was made known, or was told why not. */
public record Settled(ReportHistory memory, Instant since) implements ReportState {

    public Settled { // also when it is read back
        requireNonNull(memory, "memory");
        requireNonNull(since, "since");
    }

    /** At once: who wrote the request may have any clock, and what joins it later must not wait for that either. */
    @Override
    public ReportState with(RefreshRequest request) {
        return new Waiting(request, since, Attempts.NONE, memory);
    }

    @Override
    public ReportState with(ReportHistory history) {
        return new Settled(history, since);
    }

    @Override
    public Optional<Step> step() {
        return Optional.empty();
    }

    @Override
    public <T> T fold(
            Function<Settled, T> settled,
            Function<Waiting, T> waiting,
            Function<Posting, T> posting,
            Function<Running, T> running) {
        return settled.apply(this);
    }
}
