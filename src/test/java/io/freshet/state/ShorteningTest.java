package io.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShorteningTest {

    private static final List<Integer> ACTIONS = IntStream.range(0, 150).boxed().toList();

    @Test
    void shouldLeaveOnlyWhatTheFailureNeeds() {
        var shortest = Shortening.of(ACTIONS, actions -> actions.containsAll(List.of(3, 77, 149)));

        assertThat(shortest).containsExactly(3, 77, 149);
    }

    @Test
    void shouldKeepTheOrder() {
        var shortest = Shortening.of(
                ACTIONS, actions -> actions.indexOf(20) >= 0 && actions.indexOf(90) > actions.indexOf(20));

        assertThat(shortest).containsExactly(20, 90);
    }

    @Test
    void shouldLeaveAsItIsWhatNeedsAll() {
        assertThat(Shortening.of(ACTIONS, ACTIONS::equals)).isEqualTo(ACTIONS);
    }
}
