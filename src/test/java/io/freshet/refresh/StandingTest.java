package io.freshet.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class StandingTest {

    @Test
    void shouldListEveryStateByItsName() {
        var states = Arrays.stream(Standing.class.getPermittedSubclasses())
                .map(state -> state.getSimpleName().toLowerCase(Locale.ROOT));

        assertThat(states).containsExactlyInAnyOrderElementsOf(Standing.NAMES);
    }
}
