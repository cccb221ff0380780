package io.freshet.workspace;

import io.freshet.tables.TableName;
import io.freshet.tables.Views;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * What is set about tables, read.
 *
 * @param wrong says of a key what is wrong with it
 */
record PrecisionSettings(WorkspaceConfig.Settings settings, BiFunction<String, String, ConfigurationException> wrong) {

    TablePrecision read() {
        var byDataSource = new HashMap<String, Boolean>();
        var views = new HashMap<String, Views>();
        settings.dataSources().forEach((token, own) -> {
            var key = "data-sources.\"" + token + "\".";
            own.precision().ifPresent(word -> byDataSource.put(token, isTable(key + "precision", word)));
            if (!own.views().isEmpty()) {
                views.put(token, views(key + "views", own.views()));
            }
        });
        return new TablePrecision(isTable("precision", settings.precision()), byDataSource, views);
    }

    private boolean isTable(String key, String word) {
        try {
            return TablePrecision.isTable(word);
        } catch (IllegalArgumentException e) {
            throw wrong.apply(key, String.valueOf(e.getMessage()));
        }
    }

    private Views views(String key, Map<String, String> tablesByView) {
        var views = new HashMap<TableName, Set<TableName>>();
        tablesByView.forEach((view, tables) -> {
            var own = key + ".\"" + view + '"';
            views.put(table(own, view), tables(own, tables));
        });
        return new Views(views);
    }

    private Set<TableName> tables(String key, String list) {
        return Arrays.stream(list.split(",", -1)).map(name -> table(key, name)).collect(Collectors.toSet());
    }

    private TableName table(String key, String name) {
        return TableName.parse(name.strip())
                .orElseThrow(() -> wrong.apply(
                        key,
                        "must name a view, and the tables that it reads, separated by commas, and names \"" + name
                                + '"'));
    }
}
