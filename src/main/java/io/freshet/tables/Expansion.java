package io.freshet.tables;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Several texts as one, above all SQL and the definitions that it uses. */
final class Expansion {

    /** Mode allows no more. */
    private static final int DEEPEST = 10;

    static final String TOO_MANY = "has too many names";

    private final NameLines names = new NameLines();
    private final NameLines prefixes = new NameLines();

    private Expansion() {}

    static SqlTables both(SqlTables one, SqlTables other) {
        if (one.dynamic().isPresent()) {
            return one;
        }
        if (other.dynamic().isPresent()) {
            return other;
        }
        var whole = new Expansion();
        whole.add(one);
        whole.add(other);
        var definitions = new TreeSet<>(one.definitions());
        definitions.addAll(other.definitions());
        return whole.tables(definitions);
    }

    static SqlTables of(SqlTables sql, Map<String, SqlTables> known) {
        if (sql.dynamic().isPresent() || sql.definitions().isEmpty()) {
            return sql;
        }
        var byName = new TreeMap<String, SqlTables>();
        known.forEach((name, tables) -> byName.merge(name.toLowerCase(Locale.ROOT), tables, Expansion::both));
        var whole = new Expansion();
        whole.add(sql);
        var seen = new HashSet<String>();
        var open = new TreeSet<>(sql.definitions());
        for (var level = 0; !open.isEmpty(); level++) {
            if (level == DEEPEST) {
                return SqlTables.dynamic("has definitions in definitions, more than " + DEEPEST + " levels deep");
            }
            seen.addAll(open);
            var deeper = new TreeSet<String>();
            for (var name : open) {
                var found = byName.get(name);
                if (found == null) {
                    return SqlTables.dynamic("uses the definition " + name + ", which is not known");
                }
                if (found.dynamic().isPresent()) {
                    return SqlTables.dynamic("uses the definition " + name + ": "
                            + found.dynamic().get());
                }
                whole.add(found);
                deeper.addAll(found.definitions());
            }
            deeper.removeAll(seen);
            open = deeper;
        }
        return whole.tables(Set.of());
    }

    private void add(SqlTables tables) {
        names.addLines(tables.names());
        prefixes.addLines(tables.prefixes());
    }

    private SqlTables tables(Set<String> definitions) {
        return names.isFull() || prefixes.isFull()
                ? SqlTables.dynamic(TOO_MANY)
                : new SqlTables(names.lines(), prefixes.lines(), definitions, Optional.empty());
    }
}
