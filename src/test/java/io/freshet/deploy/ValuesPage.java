package io.freshet.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The reference of the chart's values, made of values.yaml, its comments, and what the schema allows. */
final class ValuesPage {

    private static final Pattern COMMENT = Pattern.compile("\\s*# ?(.*)");
    private static final Pattern KEY = Pattern.compile("( *)([\\w-]+):.*");
    private static final String HEAD = """
            # Values of the chart

            Made of `values.yaml` by a test. `workspace.account` and `kafka.bootstrapServers` have no default. How to install it is in
            [deploy](../../README.md#on-kubernetes).
            """;
    private static final String TABLE_HEAD = """

            | value | default | may be | what it is |
            |---|---|---|---|
            """;

    private final JsonNode values;
    private final JsonNode schema;
    private final Map<String, String> comments;

    ValuesPage(String yaml, JsonNode values, JsonNode schema) {
        this.values = values;
        this.schema = schema;
        this.comments = comments(yaml.lines().toList());
    }

    /** By path, such as {@code kafka.settings}. */
    private static Map<String, String> comments(List<String> lines) {
        var comments = new TreeMap<String, String>();
        var open = new ArrayList<String>();
        Deque<String> parents = new ArrayDeque<>();
        for (var line : lines) {
            var comment = COMMENT.matcher(line);
            var key = KEY.matcher(line);
            if (comment.matches()) {
                open.add(comment.group(1));
            } else if (key.matches()) {
                while (parents.size() > key.group(1).length() / 2) {
                    parents.removeLast();
                }
                parents.addLast(key.group(2));
                comments.put(String.join(".", parents), String.join(" ", open));
                open.clear();
            } else {
                open.clear();
            }
        }
        return comments;
    }

    String text() {
        var text = new StringBuilder(HEAD);
        var alone = new ArrayList<String>();
        var sections = new LinkedHashMap<String, List<String>>();
        values.properties().forEach(value -> {
            var ofSchema = schema.at("/properties/" + value.getKey());
            if (isGroup(value.getValue())) {
                var rows = sections.computeIfAbsent(value.getKey(), name -> new ArrayList<>());
                addRows(value.getKey(), value.getValue(), ofSchema, rows);
            } else {
                alone.add(row(value.getKey(), value.getValue(), ofSchema));
            }
        });
        sections.forEach((name, rows) -> {
            text.append("\n## ").append(name).append('\n');
            var comment = comment(name);
            text.append(comment.isEmpty() ? "" : "\n" + comment + "\n");
            text.append(TABLE_HEAD).append(String.join("", rows));
        });
        text.append("\n## Others\n").append(TABLE_HEAD).append(String.join("", alone));
        return text.toString();
    }

    private static boolean isGroup(JsonNode value) {
        return value.isObject() && !value.isEmpty();
    }

    private void addRows(String path, JsonNode group, JsonNode schema, List<String> rows) {
        group.properties().forEach(value -> {
            var below = path + "." + value.getKey();
            var ofSchema = schema.at("/properties/" + value.getKey());
            if (isGroup(value.getValue())) {
                if (!comment(below).isEmpty()) {
                    rows.add("| `%s` | | | %s |\n".formatted(below, comment(below)));
                }
                addRows(below, value.getValue(), ofSchema, rows);
            } else {
                rows.add(row(below, value.getValue(), ofSchema));
            }
        });
    }

    private String row(String path, JsonNode value, JsonNode schema) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        path,
                        value.asText("").isEmpty() && value.isTextual() ? "" : "`" + value + "`",
                        allowed(schema),
                        comment(path));
    }

    private String comment(String path) {
        return Objects.requireNonNull(comments.get(path), path).replace("|", "\\|");
    }

    private static String allowed(JsonNode schema) {
        if (schema.has("enum")) {
            return Manifests.each(schema.path("enum"))
                    .map(word -> "`" + word.asText() + "`")
                    .collect(Collectors.joining(", "));
        }
        if (schema.has("oneOf")) {
            return Manifests.each(schema.path("oneOf")).map(ValuesPage::allowed).collect(Collectors.joining(", or "));
        }
        var type = schema.path("type").asText("anything");
        var words = new StringBuilder(type.equals("object") ? "map" : type.equals("array") ? "list" : type);
        words.append(schema.has("minimum") ? ", from " + schema.path("minimum") : "");
        words.append(schema.has("maximum") ? ", to " + schema.path("maximum") : "");
        words.append(
                schema.has("pattern") ? ", `" + schema.path("pattern").asText().replace("|", "\\|") + "`" : "");
        return words.toString();
    }
}
