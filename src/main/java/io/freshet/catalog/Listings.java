package io.freshet.catalog;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Kind;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Mode's answers by the path that was asked: one call for all who ask at the same time, and failures are not kept. */
final class Listings implements Answers {

    private static final Answer.Failure<?> FORGOTTEN =
            new Answer.Failure<>(Kind.UNAVAILABLE, 0, "it was never asked for, or long ago", Duration.ZERO);

    private final AsyncCache<String, Answer<?>> fresh;
    /** The last good answers, which may be old. */
    private final Cache<String, Answer<?>> last;

    Listings(CatalogConfig config) {
        this.fresh = Caffeine.newBuilder()
                .expireAfterWrite(config.ttl())
                .maximumSize(config.size())
                .buildAsync();
        this.last = Caffeine.newBuilder()
                .expireAfterWrite(config.remember())
                .maximumSize(config.size())
                .build();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Uni<Answer<T>> get(String path, Supplier<Uni<Answer<T>>> call) {
        return Uni.createFrom()
                .completionStage(() -> fresh.get(path, (missing, executor) -> call.get()
                        .<Answer<?>>map(answer -> answer)
                        .invoke(answer -> remember(path, answer))
                        .subscribeAsCompletionStage()))
                .invoke(answer -> forgetFailure(path, answer))
                .map(answer -> (Answer<T>) answer);
    }

    /** Asks nobody: what isn't remembered is a failure. */
    @SuppressWarnings("unchecked")
    Answers remembered() {
        return new Answers() {
            @Override
            public <T> Uni<Answer<T>> get(String path, Supplier<Uni<Answer<T>>> call) {
                return Uni.createFrom()
                        .item(Optional.ofNullable((Answer<T>) last.getIfPresent(path))
                                .orElseGet(FORGOTTEN::as));
            }

            @Override
            public void forget(String path) {}
        };
    }

    @Override
    public void forget(String path) {
        fresh.synchronous().invalidate(path);
        last.invalidate(path);
    }

    private void remember(String path, Answer<?> answer) {
        Optional<Kind> failed = answer.fold(success -> Optional.empty(), failure -> Optional.of(failure.kind()));
        if (failed.isEmpty()) {
            last.put(path, answer);
        } else if (!failed.get().isTransient()) {
            last.invalidate(path); // what is gone must not be planned with again
        }
    }

    private void forgetFailure(String path, Answer<?> answer) {
        if (answer instanceof Answer.Failure) {
            fresh.asMap()
                    .computeIfPresent(
                            path,
                            (key, future) -> future.isDone() && answer.equals(future.getNow(null)) ? null : future);
        }
    }
}
