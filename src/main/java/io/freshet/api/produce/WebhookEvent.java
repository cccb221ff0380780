package io.freshet.api.produce;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a webhook says. */
sealed interface WebhookEvent {

    /**
     * A load has ended well.
     *
     * @param id of the load, the same however often it is told
     * @param origins ids of what has loaded
     * @param reason in words
     */
    record Loaded(String id, Set<String> origins, String reason, Optional<Instant> endedAt) implements WebhookEvent {

        public Loaded {
            origins = Set.copyOf(origins);
        }

        @Override
        public <R> R fold(Function<Loaded, R> loaded, Function<Other, R> other, Function<Unreadable, R> unreadable) {
            return loaded.apply(this);
        }
    }

    /** No data has changed by it: a load that begins or fails, or a test. */
    record Other() implements WebhookEvent {
        @Override
        public <R> R fold(Function<Loaded, R> loaded, Function<Other, R> other, Function<Unreadable, R> unreadable) {
            return other.apply(this);
        }
    }

    /** @param reason one sentence that a person can act on */
    record Unreadable(String reason) implements WebhookEvent {
        @Override
        public <R> R fold(Function<Loaded, R> loaded, Function<Other, R> other, Function<Unreadable, R> unreadable) {
            return unreadable.apply(this);
        }
    }

    <R> R fold(Function<Loaded, R> loaded, Function<Other, R> other, Function<Unreadable, R> unreadable);
}
