package io.freshet.tables;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where SQL says that tables are named elsewhere: in another text, a variable or a procedure. */
final class DynamicSql {

    /** Within these, the quote that ends an argument must come. */
    private static final int LONGEST_ARGUMENT = 1_000;

    /** What reads by a query, or all of a schema, and need not name a table. */
    private static final Pattern WHOLE_QUERIES = Pattern.compile("dblink|(query|table|schema|database)_to_xml");

    private DynamicSql() {}

    /** Why the text is dynamic, going by this word, which ends there. */
    static Optional<String> at(String sql, String word, int start, int end) {
        if (charAt(sql, start - 1) == '\\' && EscapedLetters.isOne(sql, start)) {
            return Optional.of("has letters that are written as numbers");
        }
        var isDynamic =
                switch (word) {
                    case "execute",
                            "exec",
                            "sp_executesql",
                            "table_query",
                            "table_date_range",
                            "table_date_range_strict",
                            "to_query",
                            "dbms_sql",
                            "dbms_xmlgen",
                            "dbms_xmlquery",
                            "connectby",
                            "query_table",
                            "remote_query",
                            "ts_stat" -> true;
                    case "identifier", "table_changes", "crosstab" -> isCall(sql, end) && !isNameInQuotes(sql, end);
                    case "table" -> isCall(sql, end) && isVariable(sql, end);
                    case "u" -> sql.startsWith("&\"", end) || sql.startsWith("&'", end);
                    case "call" -> beginsStatement(sql, start) || namesProcedure(sql, end);
                    default -> WHOLE_QUERIES.matcher(word).lookingAt();
                };
        return isDynamic ? Optional.of("has dynamic SQL (" + shown(sql, word, end) + ")") : Optional.empty();
    }

    private static String shown(String sql, String word, int end) {
        var next = afterBlanks(sql, end);
        var isImmediate = sql.regionMatches(true, next, "immediate", 0, "immediate".length());
        return switch (word) {
            case "u" -> "U&";
            case "execute" -> isImmediate ? "EXECUTE IMMEDIATE" : "EXECUTE";
            default -> word.toUpperCase(Locale.ROOT);
        };
    }

    private static boolean isCall(String sql, int end) {
        var next = charAt(sql, afterBlanks(sql, end));
        return "(/-{\0".indexOf(next) >= 0; // after comments, in a branch of a template, or after a definition
    }

    /** {@code IDENTIFIER('core.orders')}: the name is here to be read. */
    private static boolean isNameInQuotes(String sql, int end) {
        var open = afterBlanks(sql, afterBlanks(sql, end) + 1);
        var quote = charAt(sql, open);
        if (quote != '\'' && quote != '"' && quote != '`') {
            return false;
        }
        var close = sql.indexOf(quote, open + 1);
        var after = charAt(sql, afterBlanks(sql, close + 1));
        return close > 0 && close - open < LONGEST_ARGUMENT && (after == ')' || after == ',');
    }

    private static boolean isTemplate(String sql, int at) {
        return charAt(sql, at) == '{' || at >= sql.length();
    }

    private static boolean isVariable(String sql, int end) {
        var first = charAt(sql, afterBlanks(sql, afterBlanks(sql, end) + 1));
        return isTemplate(sql, afterBlanks(sql, end))
                || "$:?@*-/{\0".indexOf(first) >= 0
                || (first == '\'' && !isNameInQuotes(sql, end));
    }

    private static boolean beginsStatement(String sql, int start) {
        var at = start - 1;
        while (at >= 0 && (sql.charAt(at) == ' ' || sql.charAt(at) == '\t')) {
            at--;
        }
        return at < 0 || "\n\r\\;}/".indexOf(sql.charAt(at)) >= 0;
    }

    /** As {@code CALL core.fill_report()}, or the same without arguments. */
    private static boolean namesProcedure(String sql, int end) {
        var at = afterBlanks(sql, end);
        while (at < sql.length() && (Words.isPart(sql.charAt(at)) || ".\"`[]".indexOf(sql.charAt(at)) >= 0)) {
            at++;
        }
        return "(;{:?@/-\0".indexOf(charAt(sql, afterBlanks(sql, at))) >= 0;
    }

    private static int afterBlanks(String sql, int start) {
        var at = start;
        while (at < sql.length() && Character.isWhitespace(sql.charAt(at))) {
            at++;
        }
        return at;
    }

    private static char charAt(String sql, int at) {
        return at < 0 || at >= sql.length() ? '\0' : sql.charAt(at);
    }
}
