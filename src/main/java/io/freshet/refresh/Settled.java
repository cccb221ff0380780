package io.freshet.refresh;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Nothing is wished for: the report is as fresh as the last change that was made known, or was told why not. */
public record Settled(Memory memory, Instant since) implements Standing {

    @Override
    public Standing absorb(Wish wish) {
        return Standing.news(memory, wish)
                .<Standing>map(news -> new Waiting(news, news.requestedAt(), Attempts.NONE, memory))
                .orElse(this);
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
