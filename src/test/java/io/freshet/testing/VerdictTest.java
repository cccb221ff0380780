package io.freshet.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Broken DOUBLE = Broken.forGood("run %s twice".formatted("a"));
    private static final Broken OPEN = Broken.soFar("run %s is open".formatted("b"));

    private final Verdict verdict = new Verdict();

    @Test
    void shouldFailOneTestForWhatNothingHeals() {
        assertThatThrownBy(() -> verdict.on(List.of(OPEN, DOUBLE)))
                .isInstanceOf(IllegalStateException.class) // an AssertionError would be tried again
                .hasMessageContaining("run a twice")
                .hasMessageNotContaining("run b");

        assertThat(verdict.on(List.of(OPEN, DOUBLE))).containsExactly("run b is open");
    }

    @Test
    void shouldFailOneTestForWhatIsNotHealedInTime() {
        assertThat(verdict.on(List.of(OPEN))).containsExactly("run b is open");
        assertThat(verdict.on(List.of(OPEN))).containsExactly("run b is open");

        verdict.giveUp();

        assertThat(verdict.on(List.of(OPEN))).isEmpty();
    }
}
