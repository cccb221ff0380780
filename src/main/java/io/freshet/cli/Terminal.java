package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where a command is called.
 *
 * @param out for what was asked for
 * @param err for what has gone wrong
 * @param variables of the environment
 */
record Terminal(PrintWriter out, PrintWriter err, Map<String, String> variables) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    void line(String line) {
        out.println(line);
        out.flush();
    }

    void trouble(String what) {
        err.println(what);
        err.flush();
    }

    void json(JsonNode node) {
        try {
            line(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a tree that can't be written", e);
        }
    }

    /** Columns as wide as their longest cell. */
    void table(List<String> head, List<List<String>> rows) {
        lines(head, rows).forEach(this::line);
    }

    /** The same, with a line under each row that begins with its second column. */
    void table(List<String> head, List<List<String>> rows, List<String> under) {
        var lines = lines(head, rows);
        line(lines.get(0));
        IntStream.range(0, rows.size()).forEach(row -> {
            line(lines.get(row + 1));
            line(" ".repeat(lines.get(0).indexOf(head.get(1))) + under.get(row));
        });
    }

    private static List<String> lines(List<String> head, List<List<String>> rows) {
        var all = new ArrayList<List<String>>();
        all.add(head);
        all.addAll(rows);
        var widths = IntStream.range(0, head.size())
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return all.stream().map(row -> padded(row, widths)).toList();
    }

    private static String padded(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> row.get(column)
                        + " ".repeat(widths[column] - row.get(column).length()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }
}
