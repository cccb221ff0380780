package io.freshet.api.access;

import static io.freshet.api.access.AccessTokensTest.GOOD;
import static io.freshet.api.access.AccessTokensTest.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.api.access.AccessTokensTest.Settings;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessCheckTest {

    private static AccessCheck check(
            Map<String, AccessConfig.Holder> holders,
            String readAuth,
            @Nullable String provider,
            @Nullable String audience) {
        return new AccessCheck(
                () -> holders, new ReadAuth(readAuth), Optional.ofNullable(provider), Optional.ofNullable(audience));
    }

    private static void assertRefused(AccessCheck check, String message) {
        assertThatThrownBy(() -> check.check(new StartupEvent()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("short-secret")
                .hasMessageNotContaining(GOOD);
    }

    private static void assertRefused(AccessConfig.Holder holder, String message) {
        assertRefused(check(Map.of("ci", holder), "none", null, null), message);
    }

    @Test
    void shouldTakeWhatMakesSense(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("token"), OTHER);
        var holders = Map.<String, AccessConfig.Holder>of(
                "ci", Settings.ofToken(GOOD, "operator", "producer"), "ops", Settings.ofFile(file, "admin"));

        assertThatCode(() -> check(Map.of(), "none", null, null).check(new StartupEvent()))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(holders, "role", null, null).check(new StartupEvent()))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(Map.of(), "role", "https://login.example.com", "freshet")
                        .check(new StartupEvent()))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseTokensThatMakeNoSense(@TempDir Path directory) throws IOException {
        var shortFile = Files.writeString(directory.resolve("short"), "short-secret");
        var both = new Settings(Optional.of(GOOD), Optional.of("/token"), Optional.of(Set.of("admin")));
        var none = new Settings(Optional.empty(), Optional.empty(), Optional.of(Set.of("admin")));

        assertRefused(Settings.ofToken("short-secret", "admin"), "freshet.access.\"ci\".token has less");
        assertRefused(Settings.ofFile(shortFile, "admin"), "freshet.access.\"ci\".token-file has less");
        assertRefused(
                Settings.ofFile(directory.resolve("none"), "admin"), "freshet.access.\"ci\".token-file can't be read");
        assertRefused(both, "freshet.access.\"ci\".token and .token-file are both set");
        assertRefused(none, "freshet.access.\"ci\".token is not set");
    }

    @Test
    void shouldRefuseATokenThatTwoHave() {
        var check = check(
                Map.of("ci", Settings.ofToken(GOOD, "admin"), "etl", Settings.ofToken(GOOD, "producer")),
                "none",
                null,
                null);

        assertRefused(check, "give each its own");
    }

    @Test
    void shouldRefuseRolesThatAreNone() {
        assertRefused(
                new Settings(Optional.of(GOOD), Optional.empty(), Optional.empty()),
                "freshet.access.\"ci\".roles is not set");
        assertRefused(Settings.ofToken(GOOD, "root"), "freshet.access.\"ci\".roles names \"root\"");
    }

    @Test
    void shouldReadRolesAsPeopleWriteLists() {
        var config = new SmallRyeConfigBuilder()
                .withMapping(AccessConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of("freshet.access.ci.token", GOOD, "freshet.access.ci.roles", "viewer, producer"),
                        "test",
                        500))
                .build();

        assertThat(config.getConfigMapping(AccessConfig.class).holders())
                .hasEntrySatisfying("ci", holder -> assertThat(holder.roles()).contains(Set.of("viewer", "producer")));
    }

    @Test
    void shouldRefuseAProviderWhoseTokensWouldAllDo() {
        assertRefused(
                check(Map.of(), "none", "https://login.example.com", null), "quarkus.oidc.token.audience is not set");
    }

    @Test
    void shouldRefuseThatNobodyMayRead() {
        assertRefused(check(Map.of(), "role", null, null), "freshet.read.auth is \"role\", and nobody has one");
        assertRefused(check(Map.of(), "sometimes", null, null), "freshet.read.auth must be");
    }
}
