package io.freshet.lineage;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Which data source somebody may have meant: one of the same kind first, then the one whose host is spelled most alike. */
final class NearestSource {

    private static final int LONGEST = 200;

    private NearestSource() {}

    static Optional<SourceAddress> to(TableName table, Collection<SourceAddress> sources) {
        var namespace = Namespace.of(table.namespace());
        return sources.stream()
                .min(Comparator.<SourceAddress, Boolean>comparing(source -> !isOfKind(namespace, source))
                        .thenComparing(source -> distance(namespace, source))
                        .thenComparing(SourceAddress::token));
    }

    /** As if it were on that source's host. */
    private static boolean isOfKind(Namespace namespace, SourceAddress source) {
        var there = namespace.addresses().isEmpty() ? namespace.scheme() : namespace.scheme() + "://" + source.host();
        return source.dialect().server().isSame(Namespace.of(there), source, true);
    }

    private static int distance(Namespace namespace, SourceAddress source) {
        return namespace
                .hosts()
                .mapToInt(host -> edits(cut(host), cut(source.host())))
                .min()
                .orElse(0);
    }

    private static String cut(String host) {
        return host.length() > LONGEST ? host.substring(0, LONGEST) : host;
    }

    /** How many letters have to be put in, left out or changed. */
    private static int edits(String one, String other) {
        var row = new int[other.length() + 1];
        for (var column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (var line = 1; line <= one.length(); line++) {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column < row.length; column++) {
                var kept = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(kept, Math.min(row[column], row[column - 1]) + 1);
            }
        }
        return row[row.length - 1];
    }
}
