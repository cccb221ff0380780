package io.freshet.api.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {

    private static final String GOOD = "0123456789abcdef0123456789abcdef";

    private record Config(Optional<String> token, Optional<String> tokenFile) implements AdminConfig {
        @Override
        public String role() {
            return "admin";
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(1);
        }
    }

    private static AdminToken token(@Nullable String token, @Nullable Path file) {
        return new AdminToken(
                new Config(Optional.ofNullable(token), Optional.ofNullable(file).map(Path::toString)));
    }

    private static void assertRefused(AdminToken token, String setting) {
        assertThatThrownBy(() -> token.check(new StartupEvent()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(setting)
                .hasMessageNotContaining("short-secret");
    }

    @Test
    void shouldTakeNobodyWhereNoneIsConfigured() {
        var none = token(null, null);
        none.check(new StartupEvent());

        assertThat(none.isConfigured()).isFalse();
        assertThat(none.is("")).isFalse();
        assertThat(none.is(GOOD)).isFalse();
    }

    @Test
    void shouldTakeTheOneTokenAndNoOther() {
        var token = token(GOOD, null);
        token.check(new StartupEvent());

        assertThat(token.is(GOOD)).isTrue();
        assertThat(token.is(GOOD + "0")).isFalse();
        assertThat(token.is(GOOD.substring(1))).isFalse();
        assertThat(token.is("")).isFalse();
    }

    @Test
    void shouldReadTheFileAnewForEveryRequest(@TempDir Path directory) throws IOException {
        var file = directory.resolve("token");
        Files.writeString(file, GOOD + "\n");
        var token = token(null, file);
        token.check(new StartupEvent());
        assertThat(token.is(GOOD)).isTrue();

        Files.writeString(file, GOOD.replace('0', '9'));
        assertThat(token.is(GOOD)).isFalse();
        assertThat(token.is(GOOD.replace('0', '9'))).isTrue();

        Files.writeString(file, "");
        assertThat(token.is("")).isFalse();
        Files.delete(file);
        assertThat(token.is(GOOD.replace('0', '9'))).isFalse();
    }

    @Test
    void shouldRefuseSettingsThatMakeNoSense(@TempDir Path directory) throws IOException {
        var empty = Files.writeString(directory.resolve("short"), "short-secret");

        assertRefused(token("short-secret", null), "freshet.admin.token has");
        assertRefused(token(null, empty), "freshet.admin.token-file has");
        assertRefused(token(null, directory.resolve("none")), "freshet.admin.token-file can't be read");
        assertRefused(token(GOOD, empty), "both set");
    }
}
