package io.freshet.catalog;

import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Success;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;

/** The same question about each of several things. */
final class AskEach {

    /** So many wait for a call at a time: whoever comes after a target of 1,000 datasets doesn't wait behind all of these. */
    static final int AT_ONCE = 16;

    private AskEach() {}

    /** The first failure stands for all. */
    static <T> Uni<Answer<Map<String, T>>> of(SortedSet<String> tokens, Function<String, Uni<Answer<T>>> ask) {
        if (tokens.isEmpty()) {
            return Uni.createFrom().item(new Success<>(Map.of()));
        }
        var asked = tokens.stream()
                .map(token -> Uni.createFrom().deferred(() -> ask.apply(token)).map(answer -> Map.entry(token, answer)))
                .toList();
        return Uni.join().all(asked).usingConcurrencyOf(AT_ONCE).andFailFast().map(AskEach::together);
    }

    private static <T> Answer<Map<String, T>> together(List<Map.Entry<String, Answer<T>>> answers) {
        var values = new HashMap<String, T>();
        for (var one : answers) {
            Optional<Answer.Failure<?>> failed = one.getValue()
                    .fold(
                            value -> {
                                values.put(one.getKey(), value);
                                return Optional.empty();
                            },
                            Optional::of);
            if (failed.isPresent()) {
                return failed.get().as();
            }
        }
        return new Success<>(values);
    }
}
