package io.freshet.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.event.ReportKey;
import io.freshet.event.Subject;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspacesTest {

    private static final Map<String, String> LEAST = Map.of(
            "freshet.workspace.account", "acme",
            "freshet.workspace.token", "tokenXYZ",
            "freshet.workspace.secret", "secretXYZ");

    @Test
    void shouldTakeModesOwnLimitsAndAddressWhereNothingIsSaid() {
        var acme = read(LEAST).find("acme").orElseThrow();

        assertThat(acme.url()).isEqualTo(URI.create("https://app.mode.com"));
        assertThat(acme.requests()).isEqualTo(40);
        assertThat(acme.period()).isEqualTo(Duration.ofSeconds(10));
        assertThat(acme.credentials().get()).isEqualTo(new Credentials("tokenXYZ", "secretXYZ"));
    }

    @Test
    void shouldTakeWhatIsSaid() {
        var workspaces = read(
                LEAST,
                Map.of(
                        "freshet.workspace.url", " http://localhost:8081// ",
                        "freshet.workspace.rate-limit.requests", " 7 ",
                        "freshet.workspace.rate-limit.period", "500ms"));

        var acme = workspaces.find("acme").orElseThrow();

        assertThat(acme.url()).isEqualTo(URI.create("http://localhost:8081"));
        assertThat(acme.requests()).isEqualTo(7);
        assertThat(acme.period()).isEqualTo(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1",
                "http://mode.localhost",
                "http://127.0.0.1:8081",
                "http://[::1]:8081",
                "https://mode.com"
            })
    void shouldTakeWhatNobodyOnTheWayCanRead(String url) {
        var acme =
                read(LEAST, Map.of("freshet.workspace.url", url)).find("acme").orElseThrow();

        assertThat(acme.url()).isEqualTo(URI.create(url));
    }

    @Test
    void shouldTakePlainHttpWhereThatIsAllowed() {
        var allowed = Map.of("freshet.workspace.url", "http://mode.example", "freshet.workspace.allow-http", "true");

        assertThat(read(LEAST, allowed).find("acme").orElseThrow().url()).isEqualTo(URI.create("http://mode.example"));
    }

    @Test
    void shouldTellHowEachWorkspaceIsShown() {
        var nameless = Map.of(
                "freshet.workspace.\"emea\".names",
                "false",
                "freshet.workspace.\"emea\".url",
                "https://eu.mode.example/");
        var presentation = WorkspaceWiring.presentation(read(LEAST, named("emea", "acme-emea"), nameless));
        var report = new ReportKey("acme-emea", "4e90");

        assertThat(presentation.showsNames("acme")).isTrue();
        assertThat(presentation.showsNames("acme-emea")).isFalse();
        assertThat(presentation.showsNames("globex")).isFalse();
        assertThat(presentation.page(report)).contains("https://eu.mode.example/acme-emea/reports/4e90");
        assertThat(presentation.page(report, "f00d"))
                .contains("https://eu.mode.example/acme-emea/reports/4e90/runs/f00d");
        assertThat(presentation.page(ReportKey.dataset("acme", "da7a")))
                .contains("https://app.mode.com/acme/datasets/da7a");
        assertThat(presentation.page(new ReportKey("globex", "4e90"))).isEmpty();
    }

    @Test
    void shouldRunAllWhereNothingIsSaid() {
        assertThat(read(LEAST).find("acme").orElseThrow().rules()).isEqualTo(RunRules.ALL);
    }

    @Test
    void shouldTakeWhatIsSaidOfRuns() {
        var rules = read(
                        LEAST,
                        Map.of(
                                "freshet.workspace.runs", "shadow",
                                "freshet.workspace.include", "report:r1, data_source:5a1d",
                                "freshet.workspace.exclude", "space:50ace"))
                .find("acme")
                .orElseThrow()
                .rules();

        assertThat(rules)
                .isEqualTo(new RunRules(
                        true,
                        Set.of(Subject.report("r1"), Subject.dataSource("5a1d")),
                        Set.of(Subject.space("50ace"))));
    }

    @ParameterizedTest
    @CsvSource({
        "runs, dry, must be post or shadow",
        "include, reports:r1, names \"reports:r1\"",
        "include, dataset:d1, names \"dataset:d1\"",
        "exclude, 'report:r1,', names \"\"",
        "exclude, workspace, names \"workspace\""
    })
    void shouldRefuseWhatMakesNoSenseOfRuns(String key, String value, String says) {
        assertThatThrownBy(() -> read(LEAST, Map.of("freshet.workspace." + key, value)))
                .hasMessageContaining("freshet.workspace." + key)
                .hasMessageContaining(says);
    }

    @Test
    void shouldKnowSeveralWorkspaces() {
        var workspaces = read(LEAST, named("emea", "acme-emea"), named("apac", "acme-apac"));

        assertThat(workspaces.all())
                .extracting(Workspace::account)
                .containsExactlyInAnyOrder("acme", "acme-emea", "acme-apac");
        assertThat(workspaces
                        .find("acme-emea")
                        .orElseThrow()
                        .credentials()
                        .get()
                        .secret())
                .isEqualTo("secret-emea");
        assertThat(workspaces.find("emea")).as("that is only a name").isEmpty();
    }

    @Test
    void shouldNeedNoUnnamedWorkspaceWhereThereAreNamedOnes() {
        var workspaces = read(named("emea", "acme-emea"), named("apac", "acme-apac"));

        assertThat(workspaces.all()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    account              | ''              | is not set: give the workspace's username
                    account              | ' '             | is not set: give the workspace's username
                    account              | ../admin        | is no username of a workspace
                    account              | a/b             | is no username of a workspace
                    account              | -acme           | is no username of a workspace
                    url                  | app.mode.com    | is no http or https URL with a host: app.mode.com
                    url                  | ftp://mode.com  | is no http or https URL with a host: ftp://mode.com
                    url                  | https://        | URL
                    url                  | https:///api    | is no http or https URL with a host
                    url                  | http://a b      | is no URL
                    url                  | http://mode.com | is plain http
                    url                  | http://10.0.0.1 | is plain http
                    url                  | http://localhost.mode.com | is plain http
                    url                  | https://secretXYZ:pw@mode.com | may hold no user and no password
                    url                  | https://secretXYZ:p w@mode.com | may hold no user and no password
                    allow-http           | perhaps         | must be true or false
                    names                | some            | must be true or false, and is some
                    token                | ''              | is not set: give the token
                    secret               | ' '             | is not set: give the secret
                    credentials-directory| /no/such/place  | has no readable files "token" and "secret"
                    rate-limit.requests  | many            | is no number: many
                    rate-limit.requests  | 4.5             | is no number: 4.5
                    rate-limit.requests  | 0               | must be at least 1, and is 0
                    rate-limit.requests  | -1              | must be at least 1, and is -1
                    rate-limit.period    | soon            | is no duration such as 10s: soon
                    rate-limit.period    | 9999999999999999s | is no duration such as 10s: 9999999999999999s
                    rate-limit.period    | 0s              | must be longer than nothing, and is 0s
                    rate-limit.period    | -10s            | must be longer than nothing, and is -10s
                    """)
    void shouldNameTheSettingThatMakesNoSense(String key, String value, String telling) {
        assertThatThrownBy(() -> read(LEAST, Map.of("freshet.workspace." + key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("freshet.workspace." + key + " ")
                .hasMessageContaining(telling)
                .hasMessageNotContaining("XYZ")
                .message()
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "token", "secret"})
    void shouldNameTheSettingThatIsMissing(String key) {
        var settings = new HashMap<>(LEAST);
        settings.remove("freshet.workspace." + key);

        assertThatThrownBy(() -> read(settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("freshet.workspace." + key + " is not set");
    }

    @Test
    void shouldAskForAnAccountWhereNothingIsSet() {
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("freshet.workspace.account is not set");
    }

    @Test
    void shouldNameTheWorkspaceWhoseSettingMakesNoSense() {
        var wrong = Map.of("freshet.workspace.\"emea\".rate-limit.requests", "0");

        assertThatThrownBy(() -> read(LEAST, named("emea", "acme-emea"), wrong))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("freshet.workspace.\"emea\".rate-limit.requests must be at least 1");
    }

    @Test
    void shouldRefuseAWorkspaceThatIsThereTwice() {
        assertThatThrownBy(() -> read(LEAST, named("again", "acme")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("freshet.workspace.")
                .hasMessageContaining("account names the same workspace as another");
    }

    @Test
    void shouldReadARotatedCredentialForTheNextCall(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("token"), "old\n");
        Files.writeString(directory.resolve("secret"), "older\n");
        var settings = Map.of(
                "freshet.workspace.account", "acme", "freshet.workspace.credentials-directory", directory.toString());
        var credentials = read(settings).find("acme").orElseThrow().credentials();

        Files.writeString(directory.resolve("token"), "new");
        Files.writeString(directory.resolve("secret"), "newer");

        assertThat(credentials.get()).isEqualTo(new Credentials("new", "newer"));
    }

    @Test
    void shouldSayWhichCredentialCannotBeRead(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("token"), "old");
        Files.writeString(directory.resolve("secret"), "older");
        var settings = Map.of(
                "freshet.workspace.account", "acme", "freshet.workspace.credentials-directory", directory.toString());
        var credentials = read(settings).find("acme").orElseThrow().credentials();

        Files.delete(directory.resolve("secret"));

        assertThatThrownBy(credentials::get)
                .isInstanceOf(CredentialsUnreadable.class)
                .hasMessageContaining(directory.toString())
                .hasMessageNotContaining("old");
    }

    @Test
    void shouldNeverShowACredential() {
        var acme = read(LEAST).find("acme").orElseThrow();

        assertThat(acme).hasToString("acme at https://app.mode.com");
        assertThat(acme.credentials().get().toString()).doesNotContain("XYZ");
        assertThat(String.valueOf(acme.credentials())).doesNotContain("XYZ");
    }

    private static Map<String, String> named(String name, String account) {
        var prefix = "freshet.workspace.\"" + name + "\".";
        return Map.of(
                prefix + "account", account, prefix + "token", "token-" + name, prefix + "secret", "secret-" + name);
    }

    @SafeVarargs
    private static Workspaces read(Map<String, String>... settings) {
        var all = new HashMap<String, String>();
        for (var some : settings) {
            all.putAll(some);
        }
        return WorkspacesOf.settings(all);
    }
}
