package io.freshet.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectivesTest {

    private static final String BOARD = "freshet.objectives.\"board\".";

    @Test
    void shouldKnowNoneWhereNothingIsSaid() {
        assertThat(read(List.of("acme"), Map.of()).all()).isEmpty();
    }

    @Test
    void shouldTakeWhatIsSaid() {
        var objectives = read(
                List.of("acme", "globex"),
                Map.of(
                        BOARD + "account", " globex ",
                        BOARD + "reports", "f00d1, f00d2",
                        BOARD + "spaces", "5a1e5",
                        BOARD + "data-sources", "5a1d",
                        BOARD + "within", "15m"));

        assertThat(objectives.all())
                .containsExactly(new Objective(
                        "board",
                        "globex",
                        Set.of("f00d1", "f00d2"),
                        Set.of("5a1e5"),
                        Set.of("5a1d"),
                        Duration.ofMinutes(15)));
        assertThat(objectives.of("acme")).isEmpty();
        assertThat(objectives.within("globex")).containsExactly(Map.entry("board", Duration.ofMinutes(15)));
    }

    @Test
    void shouldBeForTheOnlyWorkspace() {
        var objectives = read(List.of("acme"), Map.of(BOARD + "reports", "f00d", BOARD + "within", "15m"));

        assertThat(objectives.of("acme")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "account, hooli, freshet.objectives.\"board\".account names no workspace that is configured: hooli",
                "account, -, freshet.objectives.\"board\".account is not set: say which of the workspaces it is for",
                "within, -, 'freshet.objectives.\"board\".within is not set: say how old a change may become, such as 15m'",
                "within, soon, freshet.objectives.\"board\".within is no duration such as 15m: soon",
                "within, 0s, 'freshet.objectives.\"board\".within must be longer than nothing, and is 0s'",
                "reports, ../x, 'freshet.objectives.\"board\".reports must name tokens of Mode, separated by commas, and names \"../x\"'",
                "reports, -, 'freshet.objectives.\"board\".reports is not set, nor are spaces and data-sources beside it: say what it is for'"
            })
    void shouldSayInOneLineWhatMakesNoSense(String key, String value, String line) {
        var settings =
                new HashMap<>(Map.of(BOARD + "account", "acme", BOARD + "reports", "f00d", BOARD + "within", "15m"));
        if (value == null) {
            settings.remove(BOARD + key);
        } else {
            settings.put(BOARD + key, value);
        }

        assertThatThrownBy(() -> read(List.of("acme", "globex"), settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(line);
    }

    @Test
    void shouldRefuseANameThatIsNoLabel() {
        var settings = Map.of("freshet.objectives.\"the board\".reports", "f00d");

        assertThatThrownBy(() -> read(List.of("acme"), settings))
                .hasMessageStartingWith("freshet.objectives.\"the board\" is no name of an objective");
    }

    private static Objectives read(List<String> accounts, Map<String, String> settings) {
        return ObjectivesOf.settings(settings, WorkspaceWiring.workspaces(accounts, 40, Duration.ofSeconds(10)));
    }
}
