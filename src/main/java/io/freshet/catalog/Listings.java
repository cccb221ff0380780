package io.freshet.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.freshet.mode.Answer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Mode's answers by the path that was asked. A report that is made while a listing is read may be missing in it, so an
 * answer is good only for a change that came before Mode was asked. All who ask at the same time share a call, and failures
 * are not kept.
 */
@Singleton
final class Listings {

    /** @param begunAt when the first request was about to leave, or earlier */
    private record Asked(Instant begunAt, CompletableFuture<Answer<?>> answer) {
        boolean isGoodFor(Instant since) {
            return !begunAt.isBefore(since) && !hasFailed();
        }

        private boolean hasFailed() {
            return answer.isCompletedExceptionally()
                    || (answer.isDone() && answer.getNow(null) instanceof Answer.Failure);
        }
    }

    private final Cache<String, Asked> asked;
    private final Clock clock;

    @Inject
    Listings(CatalogConfig config, Clock clock) {
        this(config.ttl(), config.size(), clock);
    }

    /** The cache tidies up on the threads that use it: then a clock's reader never is one that nobody knows of. */
    Listings(Duration goodFor, long most, Clock clock) {
        this.asked = Caffeine.newBuilder()
                .expireAfterWrite(goodFor)
                .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
                .maximumSize(most)
                .executor(Runnable::run)
                .build();
        this.clock = clock;
    }

    /**
     * A path is always asked for with the same type of answer.
     *
     * @param since an answer that was asked for earlier doesn't count
     * @param call asks Mode
     */
    @SuppressWarnings("unchecked")
    <T> Uni<Answer<T>> get(String path, Instant since, Supplier<Uni<Answer<T>>> call) {
        return Uni.createFrom()
                .context(subscriber -> Uni.createFrom().completionStage(() -> asked.asMap()
                        .compute(
                                path,
                                (key, earlier) -> earlier != null && earlier.isGoodFor(since)
                                        ? earlier
                                        : new Asked(
                                                clock.instant(),
                                                call.get()
                                                        .<Answer<?>>map(answer -> answer)
                                                        .subscribeAsCompletionStage(subscriber)))
                        .answer()
                        .copy())) // of its own, as whoever waits no longer cancels it
                .map(answer -> (Answer<T>) answer);
    }

    /** What Mode has said under the path, if that is kept. Mode isn't asked. */
    @SuppressWarnings("unchecked")
    <T> Optional<T> known(String path) {
        return Optional.ofNullable(asked.getIfPresent(path))
                .filter(kept -> kept.answer().isDone() && !kept.hasFailed())
                .flatMap(kept -> ((Answer<T>) kept.answer().join()).fold(Optional::of, failure -> Optional.empty()));
    }

    /** What was kept under the path is known to hold no more. */
    void forget(String path) {
        asked.invalidate(path);
    }
}
