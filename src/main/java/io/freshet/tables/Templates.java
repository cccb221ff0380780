package io.freshet.tables;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Liquid in SQL. All that stands in it is kept, whichever branch it is in. Dynamic is what can stand for a name, or can make one
 * out of two pieces: a tag where they are {@link Joints}.
 */
final class Templates {

    private static final Pattern DEFINITION =
            Pattern.compile("\\{\\{-?\\s*@(\\w+)(?:\\s+as\\s+\\w+)?\\s*-?}}", Pattern.CASE_INSENSITIVE);
    private static final Pattern TAG = Pattern.compile("\\{%-?\\s*(\\w+)");

    private static final String ENDLESS = "has a template that doesn't end";
    private static final String NAMES = "has a template that can stand for a table";
    private static final String TOUCHES = "has a template that touches a name";
    private static final String PRINTS = "has a template tag that is not known";

    /** What may come before a block, and after one of its branches, is before each piece that follows. */
    private static final class Block {
        private final int before;
        private int after;

        Block(int before) {
            this.before = before;
        }
    }

    record Found(Set<String> definitions, Optional<String> dynamic) {}

    private final String sql;
    private final int lastCommentEnd;
    private final Set<String> definitions = new TreeSet<>();
    private final Deque<Block> blocks = new ArrayDeque<>();
    /** What may be right before what comes next, as {@link Joints} has it. */
    private int before;
    /** What may be right before the end of a loop that is left early. */
    private int beforeBreaks;

    private Templates(String sql) {
        this.sql = sql;
        this.lastCommentEnd = sql.lastIndexOf("#}") - 1;
    }

    static Found of(String sql) {
        var templates = new Templates(sql);
        var dynamic = sql.contains("${") ? Optional.of(NAMES) : templates.read();
        return new Found(templates.definitions, dynamic);
    }

    private Optional<String> read() {
        var at = 0;
        while (true) {
            var open = nextOpen(at);
            if (!passPiece(at, open < 0 ? sql.length() : open)) {
                return Optional.of(TOUCHES);
            }
            if (open < 0) {
                return Optional.empty();
            }
            var close = sql.indexOf(end(sql.charAt(open + 1)), open + 2);
            if (close < 0) {
                return Optional.of(ENDLESS);
            }
            at = close + 2;
            var dynamic =
                    switch (sql.charAt(open + 1)) {
                        case '%' -> passTag(sql.substring(open, at));
                        case '#' -> passComment(sql.substring(open + 2, close));
                        default -> passOutput(open, at);
                    };
            if (dynamic.isPresent()) {
                return dynamic;
            }
        }
    }

    private int nextOpen(int from) {
        for (var at = sql.indexOf('{', from); at >= 0 && at + 1 < sql.length(); at = sql.indexOf('{', at + 1)) {
            var next = sql.charAt(at + 1);
            if (next == '{' || next == '%' || (next == '#' && at < lastCommentEnd)) {
                return at;
            }
        }
        return -1;
    }

    private static String end(char kind) {
        return switch (kind) {
            case '%' -> "%}";
            case '#' -> "#}";
            default -> "}}";
        };
    }

    /** False if it continues a word. */
    private boolean passPiece(int start, int end) {
        var from = start;
        var to = end;
        if (start > 2 && sql.charAt(start - 3) == '-') {
            while (from < to && Character.isWhitespace(sql.charAt(from))) {
                from++;
            }
        }
        if (end + 2 < sql.length() && sql.charAt(end + 2) == '-') {
            while (to > from && Character.isWhitespace(sql.charAt(to - 1))) {
                to--;
            }
        }
        if (from == to) {
            return true;
        }
        if (Joints.isOne(before, sql.codePointAt(from))) {
            return false;
        }
        before = Joints.endingWith(sql.codePointBefore(to));
        return true;
    }

    /** {@code {# … #}} prints nothing, or itself. */
    private static Optional<String> passComment(String comment) {
        return comment.contains("{{") || comment.contains("{%") ? Optional.of(NAMES) : Optional.empty();
    }

    private Optional<String> passOutput(int open, int end) {
        var definition = DEFINITION.matcher(sql).region(open, end);
        if (definition.matches()) {
            definitions.add(definition.group(1).toLowerCase(Locale.ROOT));
            if (before != Joints.NOTHING) {
                return Optional.of(TOUCHES);
            }
            before = Joints.ANYTHING;
            return Optional.empty();
        }
        return TemplateValues.isValue(sql, open, end) ? Optional.empty() : Optional.of(NAMES);
    }

    private Optional<String> passTag(String tag) {
        var matcher = TAG.matcher(tag);
        var name = matcher.lookingAt() ? matcher.group(1) : "";
        switch (name) {
            case "if", "unless", "case", "form", "capture", "comment", "raw", "ifchanged" ->
                blocks.push(new Block(before));
            case "for", "tablerow" -> {
                blocks.push(new Block(before));
                before = Joints.ANYTHING; // the end of one turn is before the beginning of the next
            }
            case "else", "elsif", "when" -> nextBranch();
            case "break", "continue" -> beforeBreaks |= before;
            case "assign" -> {}
            default -> {
                if (!name.startsWith("end")) {
                    return Optional.of(PRINTS);
                }
                endBlock();
                before |= name.equals("endfor") ? beforeBreaks : Joints.NOTHING;
            }
        }
        return Optional.empty();
    }

    private void nextBranch() {
        var block = blocks.peek();
        if (block != null) {
            block.after |= before;
            before = block.before;
        }
    }

    private void endBlock() {
        var block = blocks.poll();
        if (block != null) {
            before |= block.before | block.after;
        }
    }
}
