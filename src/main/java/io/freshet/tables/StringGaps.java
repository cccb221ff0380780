package io.freshet.tables;

import java.util.regex.Pattern;

/** What may stand between two strings that are joined: blanks, comments, operators and casts. */
final class StringGaps {

    /** Nothing that anybody writes between two strings has more parts. */
    private static final int MOST_PARTS = 1_000;

    /** As {@code N'a'}, {@code rb'a'}, {@code _utf8mb4'a'}. */
    private static final Pattern PREFIX = Pattern.compile("[nebrx]{1,2}|_[a-z0-9]{1,10}", Pattern.CASE_INSENSITIVE);

    private static final int MOST_BACKSLASHES = 8;

    /**
     * @param joins whether another string comes, and the two are one
     * @param quotes where its quotes begin
     * @param end where that string begins, behind its quotes
     * @param hasOperator whether what comes before is joined with something that is a string or may be one
     * @param isTorn whether it can't be told what it is joined with
     */
    record Gap(boolean joins, int quotes, int end, boolean hasOperator, boolean isTorn) {
        private static final Gap NONE = new Gap(false, 0, 0, false, false);
        private static final Gap TORN = new Gap(false, 0, 0, true, true);
    }

    private final String sql;
    private final boolean commasJoin;
    private final boolean hasComments;
    private final Marks comments;
    private final Marks templateComments;
    private final Marks lines;

    /**
     * @param commasJoin whether a comma is an operator
     * @param hasComments whether what looks like a comment is one
     */
    StringGaps(String sql, boolean commasJoin, boolean hasComments) {
        this.sql = sql;
        this.hasComments = hasComments;
        this.commasJoin = commasJoin;
        this.comments = new Marks(sql, "*/");
        this.templateComments = new Marks(sql, "#}");
        this.lines = new Marks(sql, "\n");
    }

    Gap after(int start) {
        var at = start;
        var hasOperator = false;
        var isPlain = true;
        for (var parts = 0; parts < MOST_PARTS; parts++) {
            if (at >= sql.length() || beginsTemplate(at)) {
                return hasOperator ? Gap.TORN : Gap.NONE;
            }
            var quotes = afterPrefix(at);
            var end = quotesEnd(sql, quotes);
            if (end > quotes) {
                var joins = at > start && (hasOperator || isPlain);
                return new Gap(joins, quotes, end, hasOperator, false);
            }
            var operator = operatorEnd(at);
            var blank = blankEnd(at);
            var other = otherEnd(at);
            hasOperator |= operator > at;
            isPlain &= other == at;
            var next = Math.max(operator, Math.max(blank, other));
            if (next == at) {
                return Gap.NONE;
            }
            at = next;
        }
        return Gap.TORN;
    }

    /** Behind the quotes that begin there, with a backslash before each where the string is within another; there if none do. */
    static int quotesEnd(String sql, int start) {
        var end = start;
        for (var at = start; at < sql.length() && at - end <= MOST_BACKSLASHES; at++) {
            var c = sql.charAt(at);
            if (c == '\'' || c == '"') {
                end = at + 1;
            } else if (sql.startsWith("$$", at)) {
                at++;
                end = at + 1;
            } else if (c != '\\') {
                break;
            }
        }
        return end;
    }

    private int afterPrefix(int start) {
        var prefix = PREFIX.matcher(sql).region(start, sql.length());
        return prefix.lookingAt() && quotesEnd(sql, prefix.end()) > prefix.end() ? prefix.end() : start;
    }

    private boolean beginsTemplate(int at) {
        return sql.startsWith("{{", at) || sql.startsWith("{%", at);
    }

    private int operatorEnd(int at) {
        var c = sql.charAt(at);
        var isOne = c == '|' || c == '+' || c == '&' || (c == ',' && commasJoin);
        return isOne ? at + 1 : at;
    }

    private int blankEnd(int at) {
        if (Character.isWhitespace(sql.charAt(at))) {
            return at + 1;
        }
        if (sql.startsWith("\\n", at) || sql.startsWith("\\r", at) || sql.startsWith("\\t", at)) {
            return at + 2;
        }
        return hasComments ? commentEnd(at) : at;
    }

    private int commentEnd(int at) {
        if (sql.startsWith("/*", at)) {
            return comments.endOfNext(at + 2);
        }
        if (sql.startsWith("{#", at)) {
            return templateComments.endOfNext(at + 2);
        }
        if (sql.startsWith("--", at)
                || sql.startsWith("//", at)
                || (sql.charAt(at) == '#' && !sql.startsWith("#}", at))) {
            return lines.endOfNext(at);
        }
        return sql.startsWith("*/", at) ? at + 2 : at; // of a comment around another
    }

    /** Brackets and casts. */
    private int otherEnd(int at) {
        var c = sql.charAt(at);
        if (c == '(' || c == ')') {
            return at + 1;
        }
        if (!sql.startsWith("::", at)) {
            return at;
        }
        var end = at + 2;
        while (end < sql.length() && end - at < MOST_PARTS && Words.isPart(sql.charAt(end))) {
            end++;
        }
        return end;
    }
}
