package io.freshet.catalog;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.freshet.mode.Answer;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;

/** Mode's answers by the path that was asked: one call for all who ask at the same time, and failures are not kept. */
final class Listings {

    private final AsyncCache<String, Answer<?>> kept;

    Listings(Duration ttl, long size) {
        this.kept =
                Caffeine.newBuilder().expireAfterWrite(ttl).maximumSize(size).buildAsync();
    }

    /** A path is always asked for with the same type of answer. */
    @SuppressWarnings("unchecked")
    <T> Uni<Answer<T>> get(String path, Supplier<Uni<Answer<T>>> call) {
        return Uni.createFrom()
                .context(subscriber -> Uni.createFrom()
                        .completionStage(() -> kept.get(path, (missing, executor) -> call.get()
                                .<Answer<?>>map(answer -> answer)
                                .subscribeAsCompletionStage(subscriber))))
                .invoke(answer -> forgetFailure(path, answer))
                .map(answer -> (Answer<T>) answer);
    }

    private void forgetFailure(String path, Answer<?> answer) {
        if (answer instanceof Answer.Failure) {
            kept.asMap()
                    .computeIfPresent(
                            path,
                            (key, future) -> future.isDone() && answer.equals(future.getNow(null)) ? null : future);
        }
    }
}
