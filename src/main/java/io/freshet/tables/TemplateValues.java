package io.freshet.tables;

import java.util.Locale;
import java.util.Set;

/**
 * Tells a template that stands in a string which is compared with something, as in {@code day >= '{{ start }}'}: it names no
 * table. It looks at the nearest characters only, for nothing but a parser knows which strings are open.
 */
final class TemplateValues {

    private static final int NEAR = 100;
    private static final int LIST = 500;

    private static final Set<String> OPERATORS =
            Set.of("and", "between", "date", "datetime", "ilike", "interval", "like", "rlike", "timestamp");
    private static final Set<String> FUNCTIONS = Set.of(
            "cast",
            "coalesce",
            "convert",
            "date",
            "date_add",
            "date_diff",
            "date_sub",
            "date_trunc",
            "dateadd",
            "datediff",
            "datetime",
            "in",
            "lower",
            "nullif",
            "timestamp",
            "to_date",
            "to_timestamp",
            "trim",
            "try_cast",
            "upper");

    private TemplateValues() {}

    static boolean isValue(String sql, int open, int end) {
        var quote = open - 1;
        while (quote >= 0 && open - quote < NEAR && "%-/:+".indexOf(sql.charAt(quote)) >= 0) {
            quote--;
        }
        return quote >= 0 && sql.charAt(quote) == '\'' && isEnded(sql, end) && isCompared(sql, quote);
    }

    private static boolean isEnded(String sql, int end) {
        if (end == sql.length() || Words.isPart(sql.charAt(end)) || ".\"`{".indexOf(sql.charAt(end)) >= 0) {
            return false;
        }
        var close = end;
        while (close < sql.length() && close - end < NEAR && "'\n".indexOf(sql.charAt(close)) < 0) {
            close++;
        }
        return close < sql.length() && sql.charAt(close) == '\'';
    }

    private static boolean isCompared(String sql, int quote) {
        var at = beforeBlanks(sql, quote);
        if (at == 0) {
            return false;
        }
        return switch (sql.charAt(at - 1)) {
            case '<', '~' -> true;
            case '=' -> at == 1 || sql.charAt(at - 2) != ':';
            case '>' -> at == 1 || sql.charAt(at - 2) != '=';
            case '(', ',' -> isArgument(sql, at);
            default -> OPERATORS.contains(wordBefore(sql, at));
        };
    }

    private static boolean isArgument(String sql, int from) {
        for (var at = from; at > 0 && from - at < LIST; at--) {
            var c = sql.charAt(at - 1);
            if (c == '(') {
                return FUNCTIONS.contains(wordBefore(sql, beforeBlanks(sql, at - 1)));
            }
            if (c == ')' || c == ';') {
                return false;
            }
        }
        return false;
    }

    private static String wordBefore(String sql, int end) {
        var start = end;
        while (start > 0 && end - start < NEAR && Words.isPart(sql.charAt(start - 1))) {
            start--;
        }
        return sql.substring(start, end).toLowerCase(Locale.ROOT);
    }

    private static int beforeBlanks(String sql, int end) {
        var at = end;
        while (at > 0 && Character.isWhitespace(sql.charAt(at - 1))) {
            at--;
        }
        return at;
    }
}
