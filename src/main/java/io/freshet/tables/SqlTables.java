package io.freshet.tables;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an SQL text says about tables, small enough to be kept: its words and what each is qualified by. The four parts are
 * all of it, for whoever stores it.
 *
 * @param names a line for each word: the word, and its qualifiers ({@code schema} or {@code database.schema}); a word without
 *     any also stands alone
 * @param prefixes the same for the names that end in {@code *}
 * @param definitions which of Mode's definitions the text uses, and this doesn't include yet
 * @param dynamic why it must count as mentioning every table
 */
public record SqlTables(String names, String prefixes, Set<String> definitions, Optional<String> dynamic) {

    /** Counts up when the reading changes: what was kept by another one is to be read again. */
    public static final int READING = 3;

    public SqlTables {
        definitions = Set.copyOf(definitions);
    }

    /** Of SQL, or of the source of a definition. */
    public static SqlTables of(String sql) {
        return SqlReader.read(sql);
    }

    public static SqlTables unreadable() {
        return dynamic("its SQL can't be read");
    }

    static SqlTables dynamic(String why) {
        return new SqlTables("", "", Set.of(), Optional.of(why));
    }

    /** With what these definitions say, and what those say that they use. */
    public SqlTables withDefinitions(Map<String, SqlTables> known) {
        return Expansion.of(this, known);
    }

    /** Of several texts. */
    public SqlTables and(SqlTables other) {
        return Expansion.both(this, other);
    }

    /** Why this may read the table, for an operator; empty if it surely doesn't name it. */
    public Optional<String> mentions(TableName table) {
        if (dynamic.isPresent()) {
            return dynamic;
        }
        if (!definitions.isEmpty()) {
            return Optional.of("uses definitions that can't be read");
        }
        if (NameLines.qualifiers(names, "from").isEmpty()
                && NameLines.qualifiers(names, "table").isEmpty()) {
            return Optional.of("does not say what it reads from");
        }
        var words = table.words();
        if (words.isEmpty() || words.stream().anyMatch(word -> word.length() > Words.LONGEST)) {
            return Optional.of("may mention " + table + ", whose name can't be looked for");
        }
        return isNamed(table, words) || isInPattern(table) ? Optional.of("mentions " + table) : Optional.empty();
    }

    /** A name of several words is there if its first is, in its place, and the others are anywhere. */
    private boolean isNamed(TableName table, List<String> words) {
        return NameLines.qualifiers(names, words.get(0))
                        .filter(found -> fits(table, found))
                        .isPresent()
                && words.stream().skip(1).allMatch(word -> NameLines.qualifiers(names, word)
                        .isPresent());
    }

    private boolean isInPattern(TableName table) {
        var begins = table.wordsAndNumbers();
        return prefixes.lines().map(line -> line.split(" ", -1)).anyMatch(line -> {
            var prefix = line[0];
            var qualifiers = List.of(line).subList(1, line.length);
            return begins.stream().anyMatch(word -> word.startsWith(prefix)) && fits(table, qualifiers);
        });
    }

    private static boolean fits(TableName table, List<String> qualifiers) {
        return qualifiers.isEmpty() || qualifiers.stream().anyMatch(table::fits);
    }
}
