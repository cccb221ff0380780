package io.freshet.tables;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text, as it is written and with its strings joined, once from left to right, and keeps each word with the one or two words that qualify it. What is comment,
 * string or SQL isn't asked: a name is a name. A word counts as qualified only where dots and quotes follow each other
 * without a gap, for a full stop may end a comment right before the table; otherwise it stands alone, which fits every table.
 */
final class SqlReader {

    /** The letters after a backslash that stand for a blank or a sign. */
    private static final String ESCAPES = "nrtbfv";

    /** Between a word and a star. */
    private static final int MOST_SIGNS = 20;

    private record Word(String text, int end, @Nullable String qualifier) {}

    private final String sql;
    private final NameLines names;
    private final NameLines prefixes;
    private Word previous = new Word("", -1, null);

    private SqlReader(String sql, NameLines names, NameLines prefixes) {
        this.sql = sql;
        this.names = names;
        this.prefixes = prefixes;
    }

    static SqlTables read(String sql) {
        var templates = Templates.of(sql);
        if (templates.dynamic().isPresent()) {
            return SqlTables.dynamic(templates.dynamic().get());
        }
        var joined = JoinedStrings.in(sql);
        if (joined.dynamic().isPresent()) {
            return SqlTables.dynamic(joined.dynamic().get());
        }
        var names = new NameLines();
        var prefixes = new NameLines();
        for (var text : joined.readings()) {
            var dynamic = new SqlReader(text, names, prefixes).readWords();
            if (dynamic.isPresent()) {
                return SqlTables.dynamic(dynamic.get());
            }
        }
        return new SqlTables(names.lines(), prefixes.lines(), templates.definitions(), Optional.empty());
    }

    private Optional<String> readWords() {
        for (var at = 0; at < sql.length(); ) {
            var end = Words.endOf(sql, at);
            if (end == at) {
                readPrefix("", at, at); // all of a schema
                at += Character.charCount(sql.codePointAt(at));
                continue;
            }
            var word = readWord(at, end);
            var dynamic = DynamicSql.at(sql, word, at, end);
            if (dynamic.isPresent()) {
                return dynamic;
            }
            if (names.isFull() || prefixes.isFull()) {
                return Optional.of(Expansion.TOO_MANY);
            }
            at = end;
        }
        return Optional.empty();
    }

    private String readWord(int wordStart, int end) {
        var start = afterEscape(wordStart, end);
        if (start > wordStart) {
            add(names, Words.folded(sql, wordStart, end), null);
        }
        var word = Words.folded(sql, start, end);
        var qualifier = qualifier(start, end);
        add(names, word, qualifier);
        readPrefix(word, start, end);
        previous = new Word(word, end, qualifier);
        return word;
    }

    private void add(NameLines lines, String word, @Nullable String qualifier) {
        if (word.length() > Words.LONGEST || (lines == names && Words.isNumber(word))) {
            return;
        }
        if (qualifier == null) {
            lines.addAlone(word);
        } else {
            lines.add(word, qualifier);
        }
    }

    /**
     * A star that ends what is quoted, as in {@code `events_*`} or {@code `events--*`}: every name that begins so. Where it can't
     * be told how the name begins, every name.
     */
    private void readPrefix(String word, int start, int end) {
        if (charAt(end) != '*' || !isQuote(charAt(end + 1))) {
            return;
        }
        var qualifier = qualifier(start, end);
        if (qualifier != null || !word.isEmpty()) {
            add(prefixes, word, qualifier);
            return;
        }
        var first = start;
        while (start - first < MOST_SIGNS && isSign(charAt(first - 1))) {
            first--;
        }
        if (first > 0 && first == previous.end()) {
            add(prefixes, previous.text(), previous.qualifier());
        } else if (charAt(end + 1) == '`' || charAt(first - 1) == '}' || start - first == MOST_SIGNS) {
            add(prefixes, "", null);
        }
    }

    private static boolean isSign(char c) {
        return c != '.' && c != '}' && c != '\n' && !isQuote(c) && !Words.isPart(c);
    }

    /** As {@code schema}, or {@code database.schema}; null if there is none right before, or it can't be told. */
    private @Nullable String qualifier(int start, int end) {
        var dot = isQuote(charAt(start - 1)) ? start - 2 : start - 1;
        if (charAt(dot) != '.' || (dot == start - 2 && !isClosed(start, end))) {
            return null;
        }
        var qualifierEnd = isQuote(charAt(dot - 1)) ? dot - 1 : dot;
        if (qualifierEnd != previous.end() || Words.isNumber(previous.text())) {
            return null;
        }
        var above = previous.qualifier();
        return above == null ? previous.text() : above.substring(above.indexOf('.') + 1) + '.' + previous.text();
    }

    /** Whether the quote before the word opens: then it closes right after it. */
    private boolean isClosed(int start, int end) {
        var open = charAt(start - 1);
        var after = charAt(charAt(end) == '*' ? end + 1 : end);
        return open == '[' ? after == ']' : open == after;
    }

    /** Definitions may come with their line ends written as {@code \n}; MySQL reads what follows {@code /*!50000}. */
    private int afterEscape(int start, int end) {
        var before = charAt(start - 1);
        var at = start;
        if (before == '\\' && EscapedLetters.length(sql, start) > 0) {
            at = start + EscapedLetters.length(sql, start);
        } else if (before == '\\' && ESCAPES.indexOf(charAt(start)) >= 0) {
            at = start + 1;
        } else if (before == '!') {
            while (at < end && Character.isDigit(charAt(at))) {
                at++;
            }
        }
        return Math.min(at, end);
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '`' || c == '[' || c == ']' || c == '\'';
    }

    /** A line's end outside of the text. */
    private char charAt(int at) {
        return at < 0 || at >= sql.length() ? '\n' : sql.charAt(at);
    }
}
