package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Trouble;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A probe asks without a login, so what it is told is never in the words of whoever answered for Mode. */
class ModeHealthTest {

    private static Trouble trouble(Kind kind, int status, String message) {
        return new Trouble.OfCalls(new Failure<>(kind, status, message, Duration.ZERO));
    }

    @Test
    void shouldSayWhatKindOfTroubleItIsAndNothingThatModeSaid() {
        assertThat(ModeHealth.reason(trouble(Kind.UNAUTHORISED, 401, "no key of kim@example.org: see freshet…")))
                .isEqualTo(
                        "credential refused: kind=unauthorised status=401: see freshet.workspace.account, token and secret");
        assertThat(ModeHealth.reason(trouble(Kind.UNAVAILABLE, 503, "<b>proxy-7.internal</b>")))
                .isEqualTo("circuit open: kind=unavailable status=503: Mode is in trouble");
        assertThat(ModeHealth.reason(trouble(Kind.UNREACHABLE, 0, "no connection: 10.1.2.3:443")))
                .isEqualTo("circuit open: kind=unreachable status=0: see freshet.workspace.url");
    }

    @Test
    void shouldSayWhatIsNotOfModesMakingInWhole() {
        var unconfirmed = new Trouble.Unconfirmed();

        assertThat(ModeHealth.reason(unconfirmed)).isEqualTo(unconfirmed.text());
    }
}
