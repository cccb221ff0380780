package io.freshet.tables;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** SQL that reads a table, or looks a little like it: the same seed makes the same. */
final class RandomSql {

    private static final List<String> LETTERS =
            List.of("a", "b", "e", "x", "_", "1", "9", "ä", "ñ", "e\u0301", "ж", "表", "し", "İ", "\uD835\uDC9C");
    private static final List<String> BLANKS =
            List.of(" ", "\n", "\t", "\r\n", "  ", "\u00a0", "/* a. */", "-- b.\n", "\\n", "\\t");
    private static final List<String> BEFORE = List.of(
            "from ",
            "FROM\n",
            "join ",
            "from\t",
            "from(",
            "from a,",
            "from a.b, ",
            "from (select 1.) x, ",
            "using ",
            "update ",
            "from /* of core. */ ",
            "-- see mart.\nfrom ",
            "from\\n",
            "from\\n\\t",
            "from x where 'it''s' = y union table ");
    private static final List<String> AFTER = List.of(
            " ",
            ";",
            ")",
            ",",
            "\n",
            "",
            " o",
            " as o on o.id = x.id",
            "/* c */",
            "-- d",
            ".id",
            "@far.example.com",
            "$20260801",
            "\\n",
            " where a='{{ b }}' ",
            "*",
            "(nolock)",
            "=1");
    private static final List<String> JOINTS =
            List.of("' || '", "'||'", "' + '", "' + N'", "' & '", "'\n'", "'::text || '", "' || '' || '", "') || ('");
    /** Noise would make comments of other parts. */
    private static final List<String> COMMENTED =
            List.of("' || '", "' + '", "' /* a */ || -- b\n '", "' || -- it's\n '");

    private static final List<String> NOISE = List.of(
            "select * ",
            "'",
            "\"",
            "`",
            "[",
            "]",
            "it's",
            "/*",
            "*/",
            "--",
            "\n",
            "\\",
            "$$",
            "(",
            ")",
            "x.y",
            "a.",
            " . ",
            "'{{ day }}'",
            " = '{{ day }}' ",
            " {% if a %} ",
            " {% else %} ",
            " {% endif %} ",
            "{",
            "}",
            "ü",
            "\u200b",
            "\uD800",
            "1.",
            "count(*)",
            "'.*'",
            "`q.r_*`",
            "@",
            "#",
            "E'\\\\'",
            "null",
            "::text",
            "->>'k'",
            "\u0000");

    private final Random random;
    final TableName table;
    private final List<String> written;

    RandomSql(long seed) {
        this.random = new Random(seed);
        var parts = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(n -> part(n == 0))
                .toList();
        this.written = parts;
        this.table = new TableName(at(parts, 2), at(parts, 1), parts.get(0));
    }

    String text() {
        return noise() + ' ' + one(BEFORE) + name(JOINTS) + one(AFTER) + ' ' + noise();
    }

    /** The same without templates, and without noise, which may look like some. */
    String query() {
        return "select 1 " + one(BEFORE) + name(COMMENTED) + one(AFTER).replace("{{ b }}", "b");
    }

    /** With as many qualifiers as there are, or fewer, or one more. */
    private String name(List<String> joints) {
        var depth = random.nextInt(written.size()) + 1;
        var parts = IntStream.range(0, depth)
                .mapToObj(n -> written.get(depth - 1 - n))
                .collect(Collectors.toList());
        if (depth == 3 && random.nextInt(4) == 0) {
            parts.add(0, "srv");
        }
        var isPlain = parts.stream().allMatch(part -> part.codePoints().allMatch(Words::isPart));
        if (random.nextInt(6) == 0) {
            return pattern(parts);
        }
        if (random.nextInt(8) == 0) {
            return "f('" + cutStrings(path(parts), one(joints)) + "')";
        }
        return switch (random.nextInt(isPlain ? 6 : 3)) {
            case 0 -> quotedPath(parts, '`');
            case 1 -> parts.stream().map(this::quoted).collect(Collectors.joining(dot()));
            case 2 -> "table('" + path(parts) + "')";
            case 3 -> quotedPath(parts, '"');
            case 4 ->
                parts.stream()
                        .map(part -> random.nextBoolean() ? cased(part) : quoted(part))
                        .collect(Collectors.joining(dot()));
            default -> path(parts);
        };
    }

    /** What the name begins with, or nothing of it where a schema comes before. */
    private String pattern(List<String> parts) {
        var last = parts.size() - 1;
        var name = parts.get(last);
        var least = last == 0 ? 1 : 0;
        var most = name.length() - least + 1;
        var pattern =
                name.substring(0, name.offsetByCodePoints(0, name.codePointCount(0, least + random.nextInt(most))))
                        + '*';
        var before = parts.subList(0, last);
        if (random.nextBoolean()) {
            return '`' + Stream.concat(before.stream(), Stream.of(pattern)).collect(Collectors.joining(".")) + '`';
        }
        return before.stream().map(part -> quoted(part) + '.').collect(Collectors.joining()) + '`' + pattern + '`';
    }

    private String dot() {
        return switch (random.nextInt(8)) {
            case 0 -> one(BLANKS) + ".";
            case 1 -> "." + one(BLANKS);
            case 2 -> one(BLANKS) + "." + one(BLANKS);
            default -> ".";
        };
    }

    private String path(List<String> parts) {
        return parts.stream().map(this::cased).collect(Collectors.joining("."));
    }

    /** Strings that a database joins again. */
    private String cutStrings(String whole, String joint) {
        var cuts = random.ints(random.nextInt(3) + 1, 0, whole.codePointCount(0, whole.length()) + 1)
                .map(cut -> whole.offsetByCodePoints(0, cut))
                .sorted()
                .toArray();
        var cut = new StringBuilder(whole);
        for (var n = cuts.length - 1; n >= 0; n--) {
            cut.insert(cuts[n], joint);
        }
        return cut.toString();
    }

    private String quotedPath(List<String> parts, char quote) {
        return quote + path(parts) + quote;
    }

    private String quoted(String part) {
        return switch (random.nextInt(3)) {
            case 0 -> '"' + cased(part) + '"';
            case 1 -> '`' + cased(part) + '`';
            default -> '[' + cased(part) + ']';
        };
    }

    private String cased(String part) {
        return switch (random.nextInt(3)) {
            case 0 -> part.toUpperCase(Locale.ROOT);
            case 1 -> Normalizer.normalize(part.toLowerCase(Locale.ROOT), random.nextBoolean() ? Form.NFC : Form.NFD);
            default -> part;
        };
    }

    /** Plain, or with a dash, a blank or a sign, as quoted names may have. */
    private String part(boolean isName) {
        var plain = 't' + letters() + letters();
        return switch (random.nextInt(8)) {
            case 0 -> plain + "-" + letters();
            case 1 -> plain + " " + letters();
            case 2 -> isName ? plain : plain + "$" + letters();
            default -> plain;
        };
    }

    private String letters() {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(n -> one(LETTERS))
                .collect(Collectors.joining());
    }

    private String noise() {
        return IntStream.range(0, random.nextInt(12))
                .mapToObj(n -> random.nextInt(3) == 0 ? "other." + cased(table.name()) + " " : one(NOISE))
                .collect(Collectors.joining());
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static Optional<String> at(List<String> parts, int n) {
        return n < parts.size() ? Optional.of(parts.get(n)) : Optional.empty();
    }
}
