package io.freshet.tables;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table as far as it is known by name; case doesn't count. What is unknown fits everything. */
public record TableName(Optional<String> database, Optional<String> schema, String name) {

    /** What catalogs are called where they are the only one: others may know them by another name. */
    private static final Set<String> LOCAL_CATALOGS = Set.of("awsdatacatalog", "hive_metastore", "spark_catalog");

    public TableName {
        database = database.map(TableName::folded);
        schema = schema.map(TableName::folded);
        name = folded(name);
        if (name.isBlank()) {
            throw new IllegalArgumentException("A table needs a name");
        }
    }

    /**
     * Reads {@code [database.][schema.]name} in the quotes of any dialect; a partition ({@code $…}) and a database link
     * ({@code @…}) are left off. Empty if there is no name, a quote doesn't end, or the name is a pattern.
     */
    public static Optional<TableName> parse(String text) {
        var parts = NameParts.of(text);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        var last = parts.size() - 1;
        var name = withoutPartition(parts.get(last));
        return name.isBlank() || name.contains("*")
                ? Optional.empty()
                : Optional.of(new TableName(part(parts, last - 2), part(parts, last - 1), name));
    }

    /** For whoever knows that the qualifiers are another system's. */
    public TableName nameOnly() {
        return new TableName(Optional.empty(), Optional.empty(), name);
    }

    /** Whether both can be the same table. */
    public boolean mayBe(TableName other) {
        return name.equals(other.name)
                && agree(schema, other.schema)
                && (agree(database, other.database) || isInLocalCatalog() || other.isInLocalCatalog());
    }

    /** The words of the name that can be looked for; those of digits only can't. */
    List<String> words() {
        return Words.of(name);
    }

    /** What a pattern may begin with, numbers too. */
    List<String> wordsAndNumbers() {
        return Words.andNumbers(name);
    }

    /** Whether this table can be meant where its name comes after {@code schema} or {@code database.schema}, each one word. */
    boolean fits(String qualifier) {
        var dot = qualifier.indexOf('.');
        return endsIn(schema, qualifier.substring(dot + 1))
                && (dot < 0 || isIn(qualifier.substring(0, dot)) || isInSchema(qualifier.substring(0, dot)));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        var qualified = database.isPresent() ? Stream.of(database.get(), schema.orElse(""), name) : schemaAndName();
        return qualified.map(TableName::quoted).collect(Collectors.joining("."));
    }

    private Stream<String> schemaAndName() {
        return Stream.concat(schema.stream(), Stream.of(name));
    }

    private static Optional<String> part(List<String> parts, int at) {
        return at < 0 ? Optional.empty() : Optional.of(parts.get(at)).filter(part -> !part.isBlank());
    }

    private static String withoutPartition(String name) {
        var at = name.indexOf('$');
        return at > 0 ? name.substring(0, at) : name;
    }

    /** A schema may have a dot in its name. */
    private boolean isInSchema(String word) {
        return schema.map(Words::andNumbers)
                .filter(words -> words.size() > 1 && words.contains(word))
                .isPresent();
    }

    private boolean isIn(String catalog) {
        return LOCAL_CATALOGS.contains(catalog) || isInLocalCatalog() || endsIn(database, catalog);
    }

    private boolean isInLocalCatalog() {
        return database.filter(LOCAL_CATALOGS::contains).isPresent();
    }

    private static boolean agree(Optional<String> one, Optional<String> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    /** Only the last word of a qualifier is looked at: {@code my-project} and {@code "my project"} have two. */
    private static boolean endsIn(Optional<String> known, String word) {
        var words = known.map(Words::of).orElse(List.of());
        return words.isEmpty() || words.get(words.size() - 1).equals(word);
    }

    private static String quoted(String part) {
        var isPlain = part.chars().allMatch(c -> c == '-' || Words.isPart(c));
        return isPlain ? part : '"' + part.replace("\"", "\"\"") + '"';
    }

    private static String folded(String part) {
        return Normalizer.normalize(part.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }
}
