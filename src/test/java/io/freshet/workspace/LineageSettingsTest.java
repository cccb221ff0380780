package io.freshet.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.event.ConfiguredAccounts;
import io.freshet.lineage.Glob;
import io.freshet.lineage.LineageMapping;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineageSettingsTest {

    private static final String FIRST = "freshet.openlineage.mappings[0].";

    private static List<LineageMapping> read(Map<String, String> settings, String... accounts) {
        return LineageSettingsOf.settings(settings, ConfiguredAccounts.of(accounts))
                .mappings()
                .all();
    }

    @Test
    void shouldKnowNoneIfNothingIsSaid() {
        assertThat(read(Map.of(), "acme")).isEmpty();
    }

    @Test
    void shouldTakeWhatIsSaidInItsOrder() {
        var mappings = read(
                Map.of(
                        FIRST + "namespace",
                        " S3://lake* ",
                        FIRST + "name",
                        "warehouse/*",
                        FIRST + "account",
                        "globex",
                        FIRST + "data-source",
                        "5a1d, 5a1e",
                        "freshet.openlineage.mappings[1].namespace",
                        "s3://*",
                        "freshet.openlineage.mappings[1].ignore",
                        "true"),
                "acme",
                "globex");

        assertThat(mappings)
                .containsExactly(
                        new LineageMapping(
                                new Glob("s3://lake*"),
                                Optional.of(new Glob("warehouse/*")),
                                Optional.of("globex"),
                                List.of("5a1d", "5a1e")),
                        new LineageMapping(new Glob("s3://*"), Optional.empty(), Optional.empty(), List.of()));
    }

    @Test
    void shouldBeForTheOnlyWorkspace() {
        var mappings = read(Map.of(FIRST + "namespace", "x", FIRST + "data-source", "5a1d"), "acme");

        assertThat(mappings).allMatch(mapping -> mapping.account().equals(Optional.of("acme")));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "namespace, -, namespace is not set: say which namespace of OpenLineage it is for",
                "account, -, account is not set: say which of the workspaces has the data source",
                "account, hooli, account names no workspace that is configured: hooli",
                "data-source, -, 'data-source is not set: name the data source, or set ignore=true beside namespace'",
                "data-source, ../x, 'data-source must name tokens of Mode, separated by commas, and names \"../x\"'",
                "ignore, true, data-source is set beside ignore=true: leave one of them out",
                "ignore, perhaps, 'ignore must be true or false, and is perhaps'",
            })
    void shouldSayInOneLineWhatMakesNoSense(String key, String value, String line) {
        var settings = new HashMap<>(
                Map.of(FIRST + "namespace", "x", FIRST + "account", "acme", FIRST + "data-source", "5a1d"));
        if (value == null) {
            settings.remove(FIRST + key);
        } else {
            settings.put(FIRST + key, value);
        }

        assertThatThrownBy(() -> read(settings, "acme", "globex"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(FIRST + line);
    }
}
