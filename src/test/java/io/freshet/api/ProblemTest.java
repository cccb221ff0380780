package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whoever is told that it can't be done now is told when to ask again, too. */
class ProblemTest {

    private static final String RETRY_AFTER = "Retry-After";

    @Test
    void shouldSayWhenToAskAgainWhoeverCanNotAnswerNow() {
        var problem = Problem.of(503, "Kafka is away.");

        assertThat(problem.response().getHeaderString(RETRY_AFTER)).isEqualTo("5");
        assertThat(problem.exception().getResponse().getHeaderString(RETRY_AFTER))
                .isEqualTo("5");
        assertThat(problem.exceptionUntil(Duration.ofSeconds(15)).getResponse().getHeaderString(RETRY_AFTER))
                .isEqualTo("15");
    }

    @Test
    void shouldNotAskForWhatWouldEndTheSame() {
        var response = Problem.of(404, "There is none.").response();

        assertThat(response.getHeaderString(RETRY_AFTER)).isNull();
        assertThat(response.getMediaType()).hasToString(Problem.TYPE);
    }
}
