package io.freshet.tables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A template that Liquid can turn into SQL that reads a table. It is made backwards: the SQL is cut, and each piece is put where
 * one way through the template prints it. So nothing here needs to know how Liquid works. The same seed makes the same.
 */
final class RandomTemplate {

    private static final int DEEPEST = 2;

    /** Text that this way doesn't print. */
    private static final List<String> ELSEWHERE = List.of(
            "", " ", "x", " x ", "_", ".", "mart.", "*", "`", "\"", "'", ", ", " where ", "\n", "2026", "-", ")");

    private static final List<String> DYNAMIC = List.of(
            "select 1 from identifier ($t)",
            "select 1 from identifier('co' || 're.x')",
            "select 1 from table($t)",
            "select 1 from table ( $t )",
            "begin select 1 from x; call report (1); end",
            "select 1 from U&\"d\\0061t\"",
            "select 1 from `ord\\x65rs`",
            "begin execute immediate x into y from z; end",
            "select 1 from table_date_range([a.b], c, d)");

    /** A tag has no gap to its neighbours, unless dashes take it away. */
    private record Token(String text, boolean isTag) {}

    private final Random random;
    private final boolean cutsAtBlanks;
    private final List<Token> tokens = new ArrayList<>();
    private final Map<String, String> definitions = new HashMap<>();
    final TableName table;
    final String prints;
    final String text;

    RandomTemplate(long seed) {
        random = new Random(seed);
        cutsAtBlanks = random.nextInt(3) == 0;
        var sql = new RandomSql(seed);
        table = sql.table;
        prints = random.nextInt(8) == 0 ? one(DYNAMIC) : sql.query();
        add(prints, 0);
        text = written();
    }

    Map<String, SqlTables> definitions() {
        return definitions.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> SqlTables.of(entry.getValue())));
    }

    /** So that a failing test can be read. */
    @Override
    public String toString() {
        return table + " in <" + text + ">" + (definitions.isEmpty() ? "" : " with " + definitions) + ", which prints <"
                + prints + ">";
    }

    private void add(String piece, int depth) {
        var rest = piece;
        for (var left = random.nextInt(3); left > 0 && !rest.isEmpty(); left--) {
            var cut = cut(rest);
            addPiece(rest.substring(0, cut), depth);
            addNothing();
            rest = rest.substring(cut);
        }
        addPiece(rest, depth);
    }

    private int cut(String piece) {
        var cut = random.nextInt(piece.length() + 1);
        if (cutsAtBlanks) {
            while (cut < piece.length() && piece.charAt(cut) != ' ') {
                cut++;
            }
        }
        return cut;
    }

    private void addPiece(String piece, int depth) {
        if (depth == DEEPEST) {
            print(piece);
            return;
        }
        switch (random.nextInt(14)) {
            case 0 -> around("if a", piece, "endif", depth);
            case 1 -> {
                tag("if a");
                print(one(ELSEWHERE));
                around("else", piece, "endif", depth);
            }
            case 2 -> {
                around("unless a", piece, "else", depth);
                print(one(ELSEWHERE));
                tag("endunless");
            }
            case 3 -> {
                tag("case a");
                tag("when 'b'");
                print(one(ELSEWHERE));
                around("when 'c'", piece, "else", depth);
                print(one(ELSEWHERE));
                tag("endcase");
            }
            case 4 -> around("for a in b", piece, "endfor", depth);
            case 5 -> {
                around("for a in b", piece, "if c", depth);
                tag("break");
                tag("endif");
                print(one(ELSEWHERE));
                tag("endfor");
            }
            case 6 -> {
                var cut = cut(piece);
                tag("for a in b");
                around("if c", piece.substring(0, cut), "continue", depth);
                around("endif", piece.substring(cut), "endfor", depth);
            }
            case 7 -> define(piece);
            case 8 -> around("raw", piece, "endraw", DEEPEST);
            case 9 -> {
                var output = random.nextBoolean() ? "{{ a }}" : "{{ 'b' | append: c }}";
                tokens.add(new Token(output, true));
            }
            default -> print(piece);
        }
    }

    private void addNothing() {
        switch (random.nextInt(8)) {
            case 0 -> within("comment");
            case 1 -> within("if a");
            case 2 -> within("capture a");
            case 3 -> within("form");
            case 4 -> tag("assign a = 1");
            case 5 -> tokens.add(new Token("{# " + one(ELSEWHERE) + " #}", true));
            default -> print("");
        }
    }

    private void within(String block) {
        tag(block);
        print(one(ELSEWHERE));
        tag("end" + block.split(" ", -1)[0]);
    }

    private void around(String before, String piece, String after, int depth) {
        tag(before);
        if (depth < DEEPEST) {
            add(piece, depth + 1);
        } else {
            print(piece);
        }
        tag(after);
    }

    private void define(String piece) {
        var name = "d" + definitions.size();
        definitions.put(name, piece);
        tokens.add(new Token(random.nextBoolean() ? "{{ @" + name + " }}" : "{{@" + name + " as x}}", true));
    }

    private void print(String piece) {
        tokens.add(new Token(piece, false));
    }

    private void tag(String content) {
        tokens.add(new Token("{% " + content + " %}", true));
    }

    private String written() {
        var whole = new StringBuilder();
        for (var n = 0; n < tokens.size(); n++) {
            var token = tokens.get(n);
            whole.append(token.isTag() && !token.text().startsWith("{#") ? spaced(token.text(), n) : token.text());
        }
        return whole.toString();
    }

    /** Blanks that dashes take away again, unless that would take more. */
    private String spaced(String tag, int n) {
        var spaced = tag;
        if (n > 0 && !endsInBlank(n - 1) && random.nextInt(6) == 0) {
            spaced = " \n" + spaced.substring(0, 2) + '-' + spaced.substring(2);
        }
        if (n + 1 < tokens.size() && !beginsWithBlank(n + 1) && random.nextInt(6) == 0) {
            spaced = spaced.substring(0, spaced.length() - 2) + '-' + spaced.substring(spaced.length() - 2) + "\t ";
        }
        return spaced;
    }

    /** A neighbour that is empty hides the next one, which isn't worth a look. */
    private boolean endsInBlank(int n) {
        var text = tokens.get(n).text();
        return text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
    }

    private boolean beginsWithBlank(int n) {
        var text = tokens.get(n).text();
        return text.isEmpty() || Character.isWhitespace(text.charAt(0));
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
