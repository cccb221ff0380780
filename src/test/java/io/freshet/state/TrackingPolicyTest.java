package io.freshet.state;

import static io.freshet.state.Samples.PACE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackingPolicyTest {

    /** Without any grace a POST must leave all the same. */
    @ParameterizedTest
    @CsvSource({"PT0S, PT1S", "PT1S, PT1S", "PT2S, PT1S", "PT5S, PT2.5S"})
    void shouldLetAPostLeaveWithinHalfOfTheGraceButNoLessThanASecond(Duration grace, Duration within) {
        var policy = new TrackingPolicy(
                PACE.pollMin(),
                PACE.pollMax(),
                PACE.timeout(),
                grace,
                PACE.readTimeout(),
                PACE.vanishAfter(),
                PACE.unclearAfter(),
                PACE.giveUpAttempts(),
                PACE.giveUpAfter());

        assertThat(policy.leavesWithin()).isEqualTo(within);
        assertThat(policy.answeredWithin()).isEqualTo(within.plus(PACE.readTimeout()));
    }
}
