package io.freshet.tables;

import java.util.ArrayList;
import java.util.List;

/** The parts of a table's name, without their quotes. */
final class NameParts {

    private final String text;
    private final List<String> parts = new ArrayList<>();
    private StringBuilder part = new StringBuilder();
    private int at;
    private boolean isQuoted;

    private NameParts(String text) {
        this.text = text;
    }

    /** Nothing if a quote doesn't end. */
    static List<String> of(String text) {
        var read = new NameParts(text.strip());
        if (!read.readAll()) {
            return List.of();
        }
        // One pair of quotes around all of it is how a path is written.
        return read.parts.size() == 1 && read.isQuoted
                ? List.of(read.parts.get(0).split("\\."))
                : read.parts;
    }

    private boolean readAll() {
        while (at < text.length()) {
            var c = text.charAt(at);
            if (c == '@' && !part.isEmpty()) {
                break;
            }
            if (part.toString().isBlank() && "\"`[".indexOf(c) >= 0) {
                if (!readQuoted(c == '[' ? ']' : c)) {
                    return false;
                }
            } else if (c == '.' || c == ':') {
                next();
                at++;
            } else {
                part.append(c);
                at++;
            }
        }
        next();
        return true;
    }

    /** A quote that is doubled is a part of the name. */
    private boolean readQuoted(char close) {
        part.setLength(0);
        isQuoted = true;
        for (at++; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == close) {
                if (!text.startsWith(String.valueOf(close), at + 1)) {
                    at++;
                    return true;
                }
                at++;
            }
            if (c == '.' && close == '`') {
                next(); // as BigQuery writes paths
            } else {
                part.append(c);
            }
        }
        return false;
    }

    private void next() {
        parts.add(part.toString().strip());
        part = new StringBuilder();
    }
}
