package io.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ReportStateTest {

    @Test
    void shouldListEveryStateByItsName() {
        var states = Arrays.stream(ReportState.class.getPermittedSubclasses())
                .map(state -> state.getSimpleName().toLowerCase(Locale.ROOT));

        assertThat(states).containsExactlyInAnyOrderElementsOf(ReportState.NAMES);
    }
}
