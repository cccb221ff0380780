package io.freshet.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The parts of a qualified name, without case and quotes. Tools quote names in the way of their database, or don't. */
final class NameParts {

    private static final String OPENING = "\"`[";
    private static final String CLOSING = "\"`]";

    private NameParts() {}

    static List<String> of(String name) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        var closing = '\0';
        for (var at = 0; at < name.length(); at++) {
            var letter = name.charAt(at);
            var quote = OPENING.indexOf(letter);
            if (closing != '\0') {
                closing = letter == closing ? '\0' : closing;
                append(part, letter, closing == '\0');
            } else if (quote >= 0 && part.isEmpty()) {
                closing = CLOSING.charAt(quote);
            } else if (letter == '.') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(letter);
            }
        }
        parts.add(part.toString());
        parts.replaceAll(one -> one.toLowerCase(Locale.ROOT));
        return parts;
    }

    private static void append(StringBuilder part, char letter, boolean isQuote) {
        if (!isQuote) {
            part.append(letter);
        }
    }
}
