package io.freshet.lineage;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * How queries may name a table that OpenLineage names. A qualifier that could be wrong is left out, as a query that says
 * another one would not be found; a name that is no table's leaves the whole data source.
 */
final class QueryName {

    private static final int LONGEST = 512;
    private static final String GLUE_TABLE = "table/";

    private QueryName() {}

    /** The qualifiers of a mapped namespace are those of another catalogue. */
    static Optional<String> ofMapped(TableName table) {
        var parts = parts(table);
        return isTable(table, parts) ? fit(parts.subList(parts.size() - 1, parts.size())) : Optional.empty();
    }

    static Optional<String> of(TableName table, SourceAddress source) {
        var parts = parts(table);
        if (!isTable(table, parts)) {
            return Optional.empty();
        }
        // Spark's JDBC writes db.table where others write schema.table.
        var isAmbiguous = source.dialect().hasSchemas()
                && parts.size() == 2
                && (source.database().isEmpty() || source.database().equals(parts.get(0)));
        return fit(isAmbiguous ? parts.subList(1, 2) : parts);
    }

    /** Glue writes {@code table/DATABASE/NAME}. */
    static List<String> parts(TableName table) {
        if (Namespace.of(table.namespace()).scheme().equals(Namespace.GLUE)
                && table.name().startsWith(GLUE_TABLE)) {
            return List.of(table.name().substring(GLUE_TABLE.length()).split("/", -1));
        }
        return table.parts();
    }

    private static boolean isTable(TableName table, List<String> parts) {
        return !table.isAny() && parts.stream().noneMatch(part -> part.contains("/") || part.contains("."));
    }

    private static Optional<String> fit(List<String> parts) {
        return Optional.of(String.join(".", parts))
                .filter(name -> name.getBytes(StandardCharsets.UTF_8).length <= LONGEST)
                .filter(name -> !parts.get(parts.size() - 1).isEmpty());
    }
}
