package io.freshet.workspace;

import io.freshet.tables.TableName;
import io.freshet.tables.Views;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a change that names tables is for the datasets that mention them only, or for all of its data source.
 *
 * @param byDataSource what is set for data sources by themselves, by token
 * @param views what is set to read other tables, by token of the data source
 */
public record TablePrecision(boolean otherwise, Map<String, Boolean> byDataSource, Map<String, Views> views) {

    /** All changes are for all of their data source. */
    public static final TablePrecision OFF = new TablePrecision(false, Map.of(), Map.of());

    public TablePrecision {
        byDataSource = Map.copyOf(byDataSource);
        views = Map.copyOf(views);
    }

    /** @throws IllegalArgumentException that says what is wrong with it */
    static boolean isTable(String word) {
        return switch (word.strip()) {
            case "table" -> true;
            case "data-source" -> false;
            default -> throw new IllegalArgumentException("must be data-source or table, and is " + word);
        };
    }

    /** Whether a change of this data source is for the datasets that mention its tables only. */
    public boolean isOn(String dataSource) {
        return byDataSource.getOrDefault(dataSource, otherwise);
    }

    /**
     * Which tables to look for in the SQL of datasets, with the views that show them; empty if the change is for all datasets
     * of the data source.
     *
     * @param names of the tables that have changed; none if the change doesn't say
     */
    public Optional<Set<TableName>> tables(String dataSource, Collection<String> names) {
        if (names.isEmpty() || !isOn(dataSource)) {
            return Optional.empty();
        }
        var tables = new HashSet<TableName>();
        for (var name : names) {
            var table = TableName.parse(name);
            if (table.isEmpty()) {
                return Optional.empty();
            }
            tables.add(table.get());
        }
        return Optional.of(Optional.ofNullable(views.get(dataSource))
                .map(known -> known.withViews(tables))
                .orElse(tables));
    }
}
