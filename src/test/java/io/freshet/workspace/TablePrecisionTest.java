package io.freshet.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.tables.TableName;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablePrecisionTest {

    private static TablePrecision read(Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "freshet.workspace.account", "acme",
                "freshet.workspace.token", "tokenXYZ",
                "freshet.workspace.secret", "secretXYZ"));
        settings.putAll(more);
        return WorkspacesOf.settings(settings).find("acme").orElseThrow().precision();
    }

    private static Set<TableName> names(String... names) {
        return Stream.of(names).map(name -> TableName.parse(name).orElseThrow()).collect(Collectors.toSet());
    }

    @Test
    void shouldBeOffWhereNothingIsSaid() {
        assertThat(read(Map.of())).isEqualTo(TablePrecision.OFF);
        assertThat(TablePrecision.OFF.tables("5a1d", List.of("orders"))).isEmpty();
    }

    @Test
    void shouldBeOnForTheWorkspaceOrForOneOfItsDataSources() {
        var precision = read(Map.of(
                "freshet.workspace.precision", " table ",
                "freshet.workspace.data-sources.\"5a1d\".precision", "data-source"));

        assertThat(precision.isOn("5a1d")).isFalse();
        assertThat(precision.tables("5a1d", List.of("orders"))).isEmpty();
        assertThat(precision.isOn("other")).isTrue();
        assertThat(precision.tables("other", List.of("Core.Orders"))).contains(names("core.orders"));
        assertThat(read(Map.of("freshet.workspace.data-sources.\"5a1d\".precision", "table"))
                        .tables("5a1d", List.of("orders")))
                .contains(names("orders"));
    }

    @Test
    void shouldMeanAllOfTheDataSourceIfAChangeDoesNotSayOrCanNotBeRead() {
        var precision = new TablePrecision(true, Map.of(), Map.of());

        assertThat(precision.tables("5a1d", List.of())).isEqualTo(Optional.empty());
        assertThat(precision.tables("5a1d", List.of("orders", "core.\"orders")))
                .as("a quote that doesn't end")
                .isEmpty();
    }

    @Test
    void shouldLookForTheViewsThatShowATableAsWell() {
        var precision = read(Map.of(
                "freshet.workspace.precision", "table",
                "freshet.workspace.data-sources.\"5a1d\".views.\"core.orders_v\"", "core.orders, core.customers",
                "freshet.workspace.data-sources.\"5a1d\".views.\"core.board\"", "core.orders_v"));

        assertThat(precision.tables("5a1d", List.of("core.customers")))
                .contains(names("core.customers", "core.orders_v", "core.board"));
        assertThat(precision.tables("5a1d", List.of("core.returns"))).contains(names("core.returns"));
        assertThat(precision.tables("other", List.of("core.customers")))
                .as("of another data source")
                .contains(names("core.customers"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            precision                             | tables     | must be data-source or table, and is tables
            data-sources."5a1d".precision         | on         | must be data-source or table, and is on
            data-sources."5a1d".views."core.v"    | a,,b       | must name a view, and the tables that it reads, separated by commas, and names ""
            data-sources."5a1d".views."core.v"    | core.a*    | must name a view, and the tables that it reads, separated by commas, and names "core.a*"
            """)
    void shouldSayInOneLineWhatIsWrong(String key, String value, String what) {
        assertThatThrownBy(() -> read(Map.of("freshet.workspace." + key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("freshet.workspace." + key + " " + what);
    }
}
