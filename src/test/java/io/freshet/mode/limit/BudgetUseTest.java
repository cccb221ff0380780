package io.freshet.mode.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetUseTest {

    @ParameterizedTest
    @CsvSource({
        "40, 40, 0, true",
        "40, 20, 0, true",
        "40, 19, 0, false",
        "40, 40, 1, false",
        "13, 6, 0, true",
        "2, 2, 0, true",
        "2, 1, 0, false",
        "1, 1, 0, false",
        "0, 0, 0, false"
    })
    void shouldBeIdleWhileHalfIsFreeAndNobodyWaits(int capacity, int free, int waiting, boolean isIdle) {
        assertThat(new BudgetUse(40, capacity, free, Map.of(Lane.ASK, waiting)).isIdle())
                .isEqualTo(isIdle);
    }
}
