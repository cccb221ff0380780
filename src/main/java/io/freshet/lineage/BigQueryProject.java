package io.freshet.lineage;

import java.util.Optional;

/** BigQuery has no servers but projects: a data source's host names it, or its database. */
final class BigQueryProject {

    private BigQueryProject() {}

    /** @param project as a table's name says */
    static boolean has(SourceAddress source, Optional<String> project, boolean isOnly) {
        var own = of(source);
        return own.isEmpty() ? isOnly : project.filter(own::equals).isPresent();
    }

    private static String of(SourceAddress source) {
        if (!source.host().isEmpty() && !source.host().contains("googleapis")) {
            return source.host();
        }
        return source.database().equals("default") ? "" : source.database();
    }
}
