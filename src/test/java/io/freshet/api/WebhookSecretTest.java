package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {

    @ParameterizedTest
    @ValueSource(strings = {"short", "twenty-four characters/!?", "a secret with spaces in it"})
    void shouldRefuseASecretThatCanBeGuessedOrIsNoPartOfAnAddressAndNotShowIt(String secret) {
        WebhookConfig webhook = () -> Optional.of(secret);

        assertThatThrownBy(() -> WebhookSecret.check(webhook))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("freshet.webhook.secret ")
                .hasMessageNotContaining(secret);
    }

    @Test
    void shouldTakeASecretAsItIsMadeOrNone() {
        WebhookConfig secret = () -> Optional.of("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c");

        assertThatCode(() -> WebhookSecret.check(secret)).doesNotThrowAnyException();
        assertThatCode(() -> WebhookSecret.check(Optional::empty)).doesNotThrowAnyException();
    }
}
