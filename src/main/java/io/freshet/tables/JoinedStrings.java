package io.freshet.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Strings that a database makes one of, as {@code 'ord' || 'ers'}, {@code 'ord' + N'ers'}, or {@code 'ord'} before a line with
 * {@code 'ers'}: the text without what stands between them. Which quote opens isn't asked: what is joined too much is one word
 * more, and the text as it is written is read, too.
 */
final class JoinedStrings {

    private static final Pattern CONCAT = Pattern.compile("concat", Pattern.CASE_INSENSITIVE);
    private static final String TORN = "has strings that a template may join";

    private final String sql;
    private final StringGaps gaps;
    private final StringBuilder joined = new StringBuilder();
    private boolean isTorn;

    /**
     * @param readings the text as it is written, and with its strings joined
     * @param dynamic why it can't be told which strings are joined
     */
    record Found(List<String> readings, Optional<String> dynamic) {}

    private JoinedStrings(String sql, StringGaps gaps) {
        this.sql = sql;
        this.gaps = gaps;
    }

    /**
     * Commas join the arguments of {@code CONCAT}, and elsewhere nothing that isn't read in its place. What looks like a comment
     * may be in a string.
     */
    static Found in(String sql) {
        var all = new ArrayList<>(List.of(sql));
        for (var commasJoin : CONCAT.matcher(sql).find() ? List.of(false, true) : List.of(false)) {
            for (var hasComments : List.of(true, false)) {
                var strings = new JoinedStrings(sql, new StringGaps(sql, commasJoin, hasComments));
                strings.read();
                if (strings.isTorn) {
                    return new Found(List.of(), Optional.of(TORN));
                }
                all.add(strings.joined.toString());
            }
        }
        return new Found(all.stream().distinct().toList(), Optional.empty());
    }

    private void read() {
        for (var at = passBoundary(0); at < sql.length() && !isTorn; ) {
            var run = StringGaps.quotesEnd(sql, at);
            if (run > at) {
                at = passQuotes(at, run);
            } else {
                joined.append(sql.charAt(at++));
                at = endsTemplate(at) ? passBoundary(at) : at;
            }
        }
    }

    private int passQuotes(int at, int end) {
        var gap = gaps.after(end);
        isTorn |= gap.isTorn();
        if (!gap.joins()) {
            joined.append(sql, at, end);
            return end;
        }
        while (isEmptyString(gap)) {
            var next = gaps.after(gap.end());
            isTorn |= next.isTorn();
            if (!next.joins()) {
                break;
            }
            gap = next;
        }
        return passBlanks(gap.end());
    }

    /** Its quotes may open and close. */
    private boolean isEmptyString(StringGaps.Gap gap) {
        return sql.substring(gap.quotes(), gap.end()).replace("\\", "").length() % 2 == 0;
    }

    /** A string of blanks is no gap. */
    private int passBlanks(int start) {
        var at = start;
        while (at < sql.length() && Character.isWhitespace(sql.charAt(at))) {
            at++;
        }
        if (StringGaps.quotesEnd(sql, at) == at) {
            return start;
        }
        joined.append(sql, start, at);
        return at;
    }

    /** A template, or the text around a definition, may end with the string that what comes here goes on with. */
    private int passBoundary(int at) {
        isTorn |= gaps.after(at).hasOperator();
        return at;
    }

    private boolean endsTemplate(int at) {
        return at >= 2 && sql.charAt(at - 1) == '}' && (sql.charAt(at - 2) == '}' || sql.charAt(at - 2) == '%');
    }
}
