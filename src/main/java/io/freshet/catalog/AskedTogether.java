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

/** One question for many things, asked together. */
final class AskedTogether {

    private AskedTogether() {}

    /** Asks for each token, together; the first failure stands for all. */
    static <T> Uni<Answer<Map<String, T>>> all(SortedSet<String> tokens, Function<String, Uni<Answer<T>>> ask) {
        if (tokens.isEmpty()) {
            return Uni.createFrom().item(new Success<>(Map.of()));
        }
        var asked = tokens.stream()
                .map(token -> ask.apply(token).map(answer -> Map.entry(token, answer)))
                .toList();
        return Uni.join().all(asked).andFailFast().map(AskedTogether::together);
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
