package io.freshet.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Kind;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AskEachTest {

    private final Deque<UniEmitter<? super Answer<String>>> asked = new ArrayDeque<>();

    private Uni<Answer<String>> ask(String token) {
        return Uni.createFrom().emitter(emitter -> asked.add(emitter));
    }

    private static SortedSet<String> tokens(int count) {
        return IntStream.range(0, count).mapToObj(n -> "da7a" + n).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shouldHaveOnlySoManyWaitForACallAtATime() {
        var all = AskEach.of(tokens(60), this::ask).subscribeAsCompletionStage();

        assertThat(asked).hasSize(AskEach.AT_ONCE);
        asked.remove().complete(new Answer.Success<>("known"));
        assertThat(asked).as("one is answered, and the next one asked").hasSize(AskEach.AT_ONCE);
        while (!asked.isEmpty()) {
            asked.remove().complete(new Answer.Success<>("known"));
        }

        var answer = all.getNow(new Answer.Success<>(Map.of()));
        assertThat(answer.<Integer>fold(Map::size, failure -> 0)).isEqualTo(60);
    }

    @Test
    void shouldFailWhereOneOfThemFails() {
        var all = AskEach.of(tokens(2), this::ask).subscribeAsCompletionStage();
        asked.remove().complete(new Answer.Success<>("known"));
        asked.remove().complete(new Answer.Failure<>(Kind.UNAVAILABLE, 503, "down", Duration.ZERO));

        var answer = all.getNow(new Answer.Success<>(Map.of()));
        assertThat(answer.<String>fold(
                        known -> "known", failure -> failure.kind().word()))
                .isEqualTo("unavailable");
    }
}
