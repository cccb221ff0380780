package io.freshet.tables;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Words and their qualifiers, gathered to become lines of text: a map of sets would be much larger, and there may be thousands
 * of datasets.
 */
final class NameLines {

    private static final int MOST = 20_000;
    /** So that a digest is far from what a record of Kafka may have. */
    private static final int CHARACTERS = 200_000;

    private final SortedMap<String, Set<String>> qualifiers = new TreeMap<>();
    private int count;
    private int characters;

    /** What the word is qualified by in these lines: nothing if it also stands alone, empty if it isn't there. */
    static Optional<List<String>> qualifiers(String lines, String word) {
        for (var at = lines.indexOf(word); at >= 0; at = lines.indexOf(word, at + 1)) {
            var end = at + word.length();
            if ((at == 0 || lines.charAt(at - 1) == '\n') && (lines.charAt(end) == ' ' || lines.charAt(end) == '\n')) {
                var rest = lines.substring(end, lines.indexOf('\n', end));
                return Optional.of(
                        rest.isEmpty() ? List.of() : List.of(rest.strip().split(" ", -1)));
            }
        }
        return Optional.empty();
    }

    void addAlone(String word) {
        var known = qualifiers.put(word, Set.of());
        if (known == null) {
            counted(word);
        }
    }

    void add(String word, String qualifier) {
        var known = qualifiers.get(word);
        if (known == null) {
            known = new TreeSet<>();
            qualifiers.put(word, known);
            counted(word);
        } else if (known.isEmpty()) {
            return;
        }
        if (known.add(qualifier)) {
            counted(qualifier);
        }
    }

    void addLines(String lines) {
        lines.lines().forEach(line -> {
            var parts = line.split(" ", -1);
            if (parts.length == 1) {
                addAlone(parts[0]);
            }
            for (var n = 1; n < parts.length; n++) {
                add(parts[0], parts[n]);
            }
        });
    }

    boolean isFull() {
        return count > MOST || characters > CHARACTERS;
    }

    String lines() {
        var lines = new StringBuilder();
        qualifiers.forEach((word, found) -> {
            lines.append(word);
            found.forEach(qualifier -> lines.append(' ').append(qualifier));
            lines.append('\n');
        });
        return lines.toString();
    }

    private void counted(String text) {
        count++;
        characters += text.length() + 1;
    }
}
