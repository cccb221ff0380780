package io.freshet.event;

import java.util.function.BiFunction;
import java.util.function.Function;

/** What a record turned out to be. */
public sealed interface Decoded<T> {

    /** What it says. */
    record Usable<T>(T value) implements Decoded<T> {
        @Override
        public <R> R fold(Function<T, R> usable, BiFunction<String, String, R> unusable) {
            return usable.apply(value);
        }
    }

    /**
     * No usable input.
     *
     * @param code one word for machines, such as {@code bad_token}
     * @param reason one sentence that a person can act on
     */
    record Unusable<T>(String code, String reason) implements Decoded<T> {
        @Override
        public <R> R fold(Function<T, R> usable, BiFunction<String, String, R> unusable) {
            return unusable.apply(code, reason);
        }
    }

    <R> R fold(Function<T, R> usable, BiFunction<String, String, R> unusable);
}
