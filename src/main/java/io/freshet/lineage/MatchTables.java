package io.freshet.lineage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Which data source each output of a run is on: as the mappings say, or else by where both say that they are. */
public final class MatchTables {

    private final LineageMappings mappings;

    public MatchTables(LineageMappings mappings) {
        this.mappings = mappings;
    }

    /** Whether the mappings leave open where any of them is. */
    public boolean needsDataSources(String account, Outputs outputs) {
        return outputs.all().stream()
                .anyMatch(output -> mappings.of(account, output).isEmpty());
    }

    /** @param isByTable whether a data source, by its token, refreshes only what mentions a changed table */
    public Matches match(
            String account, Outputs outputs, Collection<SourceAddress> sources, Predicate<String> isByTable) {
        var found = new TreeMap<String, Map<String, Optional<String>>>();
        var unmatched = new ArrayList<TableName>();
        for (var output : outputs.all()) {
            var mapped = mappings.of(account, output);
            if (mapped.isPresent()) {
                var table = mapped.get().table();
                mapped.get().dataSources().forEach(token -> add(found, token, table, QueryName.ofMapped(table)));
            } else {
                var automatic = automatic(output, sources, isByTable);
                automatic.forEach((source, table) -> add(found, source.token(), table, QueryName.of(table, source)));
                if (automatic.isEmpty()) {
                    unmatched.add(output.names().get(output.names().size() - 1));
                }
            }
        }
        var written = new TreeMap<String, Matches.Written>();
        found.forEach((token, names) -> written.put(token, Matches.written(names)));
        return new Matches(written, unmatched);
    }

    private static void add(
            Map<String, Map<String, Optional<String>>> found, String token, TableName table, Optional<String> query) {
        found.computeIfAbsent(token, first -> new LinkedHashMap<>()).put(table.toString(), query);
    }

    /** By the first of its names that any data source goes with. */
    private static Map<SourceAddress, TableName> automatic(
            Output output, Collection<SourceAddress> sources, Predicate<String> isByTable) {
        for (var table : output.names()) {
            var found = new LinkedHashMap<SourceAddress, TableName>();
            of(table, sources, isByTable).forEach(source -> found.put(source, table));
            if (!found.isEmpty()) {
                return found;
            }
        }
        return Map.of();
    }

    private static List<SourceAddress> of(
            TableName table, Collection<SourceAddress> sources, Predicate<String> isByTable) {
        var namespace = Namespace.of(table.namespace());
        var parts = QueryName.parts(table);
        var same = sources.stream()
                .filter(source -> source.dialect().server().isSame(namespace, source, isOnly(source, sources)))
                .filter(source -> !source.dialect().isBoundToDatabase() || isIn(table, parts, source, sources))
                .toList();
        return same.size() < 2
                ? same
                : same.stream()
                        .filter(source -> isByTable.test(source.token()) || isIn(table, parts, source, sources))
                        .toList();
    }

    private static boolean isOnly(SourceAddress source, Collection<SourceAddress> sources) {
        return sources.stream()
                        .filter(other -> other.dialect() == source.dialect())
                        .count()
                == 1;
    }

    private static boolean isIn(
            TableName table, List<String> parts, SourceAddress source, Collection<SourceAddress> sources) {
        if (table.isAny()) {
            return true;
        }
        var database = source.dialect().database(parts);
        return source.dialect() == Dialect.BIGQUERY
                ? BigQueryProject.has(source, database, isOnly(source, sources))
                : database.filter(named -> !source.mayBeIn(named)).isEmpty();
    }
}
