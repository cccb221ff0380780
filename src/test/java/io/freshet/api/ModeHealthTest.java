package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A probe asks without a login, so what it is told is never in the words of whoever answered for Mode. */
class ModeHealthTest {

    @Test
    void shouldSayWhatKindOfTroubleItIsAndNothingThatModeSaid() {
        assertThat(ModeHealth.reason(
                        "kind=unauthorised status=401 message=\"no key of kim@example.org: see freshet…\""))
                .isEqualTo(
                        "credential refused: kind=unauthorised status=401: see freshet.workspace.account, token and secret");
        assertThat(ModeHealth.reason("kind=unavailable status=503 message=\"<b>proxy-7.internal</b>\""))
                .isEqualTo("circuit open: kind=unavailable status=503: Mode is in trouble");
        assertThat(ModeHealth.reason("kind=unreachable status=0 message=\"no connection: 10.1.2.3:443\""))
                .isEqualTo("circuit open: kind=unreachable status=0: see freshet.workspace.url");
    }

    @Test
    void shouldSayWhatIsNotOfModesMakingInWhole() {
        assertThat(ModeHealth.reason("calls to Mode are paused")).isEqualTo("calls to Mode are paused");
    }
}
