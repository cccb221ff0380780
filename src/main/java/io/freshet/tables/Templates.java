package io.freshet.tables;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Liquid in SQL. All that stands in it is kept, whichever branch it is in. Dynamic is what can stand for a name, or can make one
 * out of two pieces.
 */
final class Templates {

    private static final Pattern DEFINITION =
            Pattern.compile("\\{\\{-?\\s*@(\\w+)(?:\\s+as\\s+\\w+)?\\s*-?}}", Pattern.CASE_INSENSITIVE);
    private static final Pattern TAG = Pattern.compile("\\{%-?\\s*(\\w+)");

    private static final String ENDLESS = "has a template that doesn't end";
    private static final String NAMES = "has a template that can stand for a table";
    private static final String TOUCHES = "has a template that touches a name";
    private static final String PRINTS = "has a template tag that is not known";

    record Found(Set<String> definitions, Optional<String> dynamic) {}

    private final String sql;
    private final Set<String> definitions = new TreeSet<>();
    private final Joints joints = new Joints();
    private final int lastComment;

    private Templates(String sql) {
        this.sql = sql;
        this.lastComment = sql.lastIndexOf("#}");
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
            var close = closeOf(open);
            if (close < 0) {
                return Optional.of(ENDLESS);
            }
            at = close + 2;
            var dynamic =
                    switch (sql.charAt(open + 1)) {
                        case '%' -> passTag(sql.substring(open, at));
                        case '{' -> passOutput(open, at);
                        default -> Optional.<String>empty();
                    };
            if (dynamic.isPresent()) {
                return dynamic;
            }
        }
    }

    private int nextOpen(int from) {
        for (var at = sql.indexOf('{', from); at >= 0 && at + 1 < sql.length(); at = sql.indexOf('{', at + 1)) {
            var next = sql.charAt(at + 1);
            if (next == '{' || next == '%' || (next == '#' && at + 1 < lastComment)) {
                return at;
            }
        }
        return -1;
    }

    /** A comment is Jinja's. */
    private int closeOf(int open) {
        var close =
                switch (sql.charAt(open + 1)) {
                    case '{' -> "}}";
                    case '%' -> "%}";
                    default -> "#}";
                };
        return sql.indexOf(close, open + 2);
    }

    /** Without the blanks that dashes take away. False if it may go on with what comes before. */
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
        return joints.passText(sql, from, to);
    }

    private Optional<String> passOutput(int open, int end) {
        var definition = DEFINITION.matcher(sql).region(open, end);
        if (definition.matches()) {
            definitions.add(definition.group(1).toLowerCase(Locale.ROOT));
            return joints.passDefinition() ? Optional.empty() : Optional.of(TOUCHES);
        }
        joints.passValue();
        return TemplateValues.isValue(sql, open, end) ? Optional.empty() : Optional.of(NAMES);
    }

    private Optional<String> passTag(String tag) {
        var matcher = TAG.matcher(tag);
        var name = matcher.lookingAt() ? matcher.group(1) : "";
        switch (name) {
            case "if", "unless", "case", "form", "capture", "comment", "raw", "ifchanged" -> joints.begin();
            case "for", "tablerow" -> joints.beginLoop();
            case "else", "elsif", "when" -> joints.nextBranch();
            case "break", "continue" -> joints.leave();
            case "assign" -> {}
            default -> {
                if (!name.startsWith("end")) {
                    return Optional.of(PRINTS);
                }
                joints.end();
            }
        }
        return Optional.empty();
    }
}
