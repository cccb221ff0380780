package io.freshet.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

    @ParameterizedTest
    @CsvSource({"0, 40, 0", "1, 40, 0", "40, 40, 0", "41, 40, 10", "500, 40, 120", "3, 1, 20", "5, 0, 40"})
    void shouldSayHowLongTheLimitMakesThePostsTake(int posts, int limit, double seconds) {
        var calls = Plan.Calls.of(posts, limit, Duration.ofSeconds(10));

        assertThat(calls.allPostedAfterSeconds()).isEqualTo(seconds);
        assertThat(calls.atLeast()).isEqualTo(2 * posts);
    }
}
