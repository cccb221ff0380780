package io.freshet.api.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HmacSignatureTest {

    private static final String SECRET = "a-secret-of-webhook-tests";
    private static final String OF_DBT = "c30444f0304f00f094a852d80d371001579fcba39ff15ef2737433ce69e8fe44";
    private static final String OF_FIVETRAN = "527e5d509d5a0fefb409b7170574e6928e6feead6fb956165a0cd8b22439ede1";

    @Test
    void shouldKnowTheVectorOfTheStandard() {
        var signature = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

        assertThat(HmacSignature.isOf(signature, "what do ya want for nothing?".getBytes(UTF_8), "Jefe"))
                .isTrue();
    }

    @Test
    void shouldKnowSignaturesOfRecordedBodiesInEitherCase() {
        assertThat(HmacSignature.isOf(OF_DBT, Recorded.body("dbt-completed"), SECRET))
                .isTrue();
        assertThat(HmacSignature.isOf(OF_FIVETRAN.toUpperCase(Locale.ROOT), Recorded.body("fivetran-sync-end"), SECRET))
                .isTrue();
    }

    @Test
    void shouldKnowNoOther() {
        var body = Recorded.body("dbt-completed");

        assertThat(List.of("", " ", OF_FIVETRAN, OF_DBT.substring(1), OF_DBT + "0", "sha256=" + OF_DBT, "ü"))
                .noneMatch(signature -> HmacSignature.isOf(signature, body, SECRET));
        assertThat(HmacSignature.isOf(OF_DBT, body, SECRET + "x")).isFalse();
        assertThat(HmacSignature.isOf(OF_DBT, Recorded.body("dbt-completed-badly"), SECRET))
                .isFalse();
    }
}
