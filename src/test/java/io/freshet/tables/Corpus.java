package io.freshet.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Queries as people write them, each with the tables that it reads. */
final class Corpus {

    private static final Path PLACE = Path.of("src/test/resources/tables");

    record Query(String name, Set<TableName> reads, String sql, SqlTables tables) {

        String dialect() {
            return name.substring(0, name.indexOf('-'));
        }
    }

    private Corpus() {}

    static List<Query> queries() {
        try (var files = Files.list(PLACE)) {
            return files.sorted().map(Corpus::query).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Set<TableName> tables(List<Query> queries) {
        return queries.stream().flatMap(query -> query.reads().stream()).collect(Collectors.toSet());
    }

    private static Query query(Path file) {
        try {
            var parts = Files.readString(file).split("(?m)^----\n", 2);
            var definitions = new HashMap<String, SqlTables>();
            var reads = new TreeSet<>(Comparator.comparing(TableName::toString));
            parts[0].lines().forEach(line -> {
                var words = line.split("[: ]+", 3);
                if (line.startsWith("reads: ")) {
                    reads.add(table(line.substring("reads: ".length())));
                } else if (words[0].equals("definition")) {
                    definitions.put(words[1], SqlTables.of(words[2]));
                } else {
                    throw new IllegalStateException(file + " has a line that is neither: " + line);
                }
            });
            return query(file, reads, parts[1], definitions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Query query(Path file, Set<TableName> reads, String sql, Map<String, SqlTables> definitions) {
        var name = file.getFileName().toString().replace(".txt", "");
        return new Query(name, reads, sql, SqlTables.of(sql).withDefinitions(definitions));
    }

    private static TableName table(String name) {
        return TableName.parse(name).orElseThrow(() -> new IllegalStateException(name));
    }
}
