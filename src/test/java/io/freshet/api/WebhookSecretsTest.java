package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretsTest {

    private static final String ONE = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c";
    private static final String OTHER = "60303ae22b998861bce3b28f33eec1be758a213c86c93c07";

    private record Settings(Optional<List<String>> secret, Optional<String> secretFile) implements WebhookConfig {}

    private static WebhookConfig of(String... secrets) {
        return new Settings(Optional.of(List.of(secrets)), Optional.empty());
    }

    private static WebhookConfig ofFile(Path file) {
        return new Settings(Optional.empty(), Optional.of(file.toString()));
    }

    private static void assertRefused(WebhookConfig config, String setting) {
        assertThatThrownBy(() -> WebhookSecrets.check(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(setting)
                .hasMessageNotContaining(ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "twenty-four characters/!?", "a secret with spaces in it"})
    void shouldRefuseASecretThatCanBeGuessedOrIsNoPartOfAnAddressAndNotShowIt(String secret) {
        assertThatThrownBy(() -> WebhookSecrets.check(of(secret)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("freshet.webhook.secret ")
                .hasMessageNotContaining(secret);
    }

    @Test
    void shouldRefuseWhatMakesNoSense(@TempDir Path directory) throws IOException {
        var empty = Files.writeString(directory.resolve("empty"), "\n");

        assertRefused(of(ONE, OTHER, ONE + "x"), "freshet.webhook.secret makes no sense");
        assertRefused(ofFile(empty), "freshet.webhook.secret-file makes no sense");
        assertRefused(ofFile(directory.resolve("none")), "freshet.webhook.secret-file can't be read");
        assertRefused(
                new Settings(Optional.of(List.of(ONE)), Optional.of(empty.toString())),
                "freshet.webhook.secret and freshet.webhook.secret-file are both set");
    }

    @Test
    void shouldReadBothAsPeopleWriteLists() {
        var config = new SmallRyeConfigBuilder()
                .withMapping(WebhookConfig.class)
                .withSources(
                        new PropertiesConfigSource(Map.of("freshet.webhook.secret", ONE + ", " + OTHER), "test", 500))
                .build();

        assertThat(config.getConfigMapping(WebhookConfig.class).secret()).contains(List.of(ONE, OTHER));
    }

    @Test
    void shouldTakeOneOrTwoOrNone(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("secret"), ONE + "\n" + OTHER + "\n");
        var none = new Settings(Optional.empty(), Optional.empty());
        for (var config : List.of(of(ONE), of(ONE, OTHER), ofFile(file), none)) {
            assertThatCode(() -> WebhookSecrets.check(config)).doesNotThrowAnyException();
        }

        assertThat(new WebhookSecrets(of(ONE)).accept(ONE)).isTrue();
        assertThat(new WebhookSecrets(of(ONE)).accept(OTHER)).isFalse();
        assertThat(new WebhookSecrets(of(ONE, OTHER)).accept(OTHER)).isTrue();
        assertThat(new WebhookSecrets(ofFile(file)).accept(ONE)).isTrue();
        assertThat(new WebhookSecrets(ofFile(file)).accept(OTHER)).isTrue();
        assertThat(new WebhookSecrets(ofFile(file)).accept("")).isFalse();
        assertThat(new WebhookSecrets(none).accept("")).isFalse();
    }
}
