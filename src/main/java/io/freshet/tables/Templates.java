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
 * out of two pieces: a tag between letters.
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
        private final boolean gluedBefore;
        private boolean gluedAfter;

        Block(boolean gluedBefore) {
            this.gluedBefore = gluedBefore;
        }
    }

    record Found(Set<String> definitions, Optional<String> dynamic) {}

    private final String sql;
    private final Set<String> definitions = new TreeSet<>();
    private final Deque<Block> blocks = new ArrayDeque<>();
    /** Whether what comes next may continue a word. */
    private boolean isGlued;

    private Templates(String sql) {
        this.sql = sql;
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
            var isTag = sql.charAt(open + 1) == '%';
            var close = sql.indexOf(isTag ? "%}" : "}}", open + 2);
            if (close < 0) {
                return Optional.of(ENDLESS);
            }
            at = close + 2;
            var dynamic = isTag ? passTag(sql.substring(open, at)) : passOutput(open, at);
            if (dynamic.isPresent()) {
                return dynamic;
            }
        }
    }

    private int nextOpen(int from) {
        for (var at = sql.indexOf('{', from); at >= 0 && at + 1 < sql.length(); at = sql.indexOf('{', at + 1)) {
            if (sql.charAt(at + 1) == '{' || sql.charAt(at + 1) == '%') {
                return at;
            }
        }
        return -1;
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
        if (isGlued && isTouching(sql.codePointAt(from))) {
            return false;
        }
        isGlued = isTouching(sql.codePointBefore(to));
        return true;
    }

    private static boolean isTouching(int c) {
        return c == '*' || Words.isPart(c);
    }

    private Optional<String> passOutput(int open, int end) {
        var definition = DEFINITION.matcher(sql).region(open, end);
        if (definition.matches()) {
            definitions.add(definition.group(1).toLowerCase(Locale.ROOT));
            if (isGlued) {
                return Optional.of(TOUCHES);
            }
            isGlued = true;
            return Optional.empty();
        }
        return TemplateValues.isValue(sql, open, end) ? Optional.empty() : Optional.of(NAMES);
    }

    private Optional<String> passTag(String tag) {
        var matcher = TAG.matcher(tag);
        var name = matcher.lookingAt() ? matcher.group(1) : "";
        switch (name) {
            case "if", "unless", "case", "form", "capture", "comment", "raw", "ifchanged" ->
                blocks.push(new Block(isGlued));
            case "for", "tablerow" -> {
                blocks.push(new Block(isGlued));
                isGlued = true; // the end of one turn is before the beginning of the next
            }
            case "else", "elsif", "when" -> nextBranch();
            case "assign", "break", "continue" -> {}
            default -> {
                if (!name.startsWith("end")) {
                    return Optional.of(PRINTS);
                }
                endBlock();
            }
        }
        return Optional.empty();
    }

    private void nextBranch() {
        var block = blocks.peek();
        if (block != null) {
            block.gluedAfter |= isGlued;
            isGlued = block.gluedBefore;
        }
    }

    private void endBlock() {
        var block = blocks.poll();
        if (block != null) {
            isGlued = isGlued || block.gluedBefore || block.gluedAfter;
        }
    }
}
