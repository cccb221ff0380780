package io.freshet.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.SecretFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTokensTest {

    static final String GOOD = "0123456789abcdef0123456789abcdef";
    static final String OTHER = GOOD.replace('0', '9');

    record Settings(Optional<String> token, Optional<String> tokenFile, Optional<Set<String>> roles)
            implements AccessConfig.Holder {

        static Settings ofToken(String token, String... roles) {
            return new Settings(Optional.of(token), Optional.empty(), Optional.of(Set.of(roles)));
        }

        static Settings ofFile(Path file, String... roles) {
            return new Settings(Optional.empty(), Optional.of(file.toString()), Optional.of(Set.of(roles)));
        }
    }

    private long nanos;

    private AccessTokens tokens(Map<String, AccessConfig.Holder> holders) {
        return new AccessTokens(() -> holders, () -> nanos);
    }

    private static Optional<String> name(AccessTokens tokens, String presented) {
        return tokens.holder(presented).map(AccessTokens.Holder::name);
    }

    @Test
    void shouldTakeNobodyWhereNoneIsConfigured() {
        var none = tokens(Map.of());

        assertThat(none.areConfigured()).isFalse();
        assertThat(name(none, "")).isEmpty();
        assertThat(name(none, GOOD)).isEmpty();
    }

    @Test
    void shouldKnowEachByItsTokenAndByNoOther() {
        var tokens = tokens(Map.of(
                "ci",
                Settings.ofToken(GOOD, "operator", "producer"),
                "etl",
                Settings.ofToken(OTHER + "\n", "producer")));

        assertThat(tokens.holder(GOOD)).contains(new AccessTokens.Holder("ci", Set.of("operator", "producer")));
        assertThat(tokens.holder(OTHER)).contains(new AccessTokens.Holder("etl", Set.of("producer")));
        assertThat(name(tokens, GOOD + "0")).isEmpty();
        assertThat(name(tokens, GOOD.substring(1))).isEmpty();
        assertThat(name(tokens, "")).isEmpty();
        assertThat(tokens.readFiles()).isFalse();
    }

    @Test
    void shouldReadAFileAnewAfterAWhile(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("token"), GOOD + "\n");
        var tokens = tokens(Map.of("ci", Settings.ofFile(file, "admin")));
        assertThat(tokens.readFiles()).isTrue();
        assertThat(name(tokens, GOOD)).contains("ci");

        Files.writeString(file, OTHER);
        assertThat(name(tokens, OTHER)).as("not yet").isEmpty();
        later();
        assertThat(name(tokens, GOOD)).isEmpty();
        assertThat(name(tokens, OTHER)).contains("ci");

        Files.writeString(file, "");
        later();
        assertThat(name(tokens, "")).isEmpty();
        Files.delete(file);
        later();
        assertThat(name(tokens, OTHER)).isEmpty();
    }

    private void later() {
        nanos += SecretFiles.KEPT.plus(Duration.ofMillis(1)).toNanos();
    }
}
