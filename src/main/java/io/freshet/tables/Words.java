package io.freshet.tables;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** Text as words: letters, digits and underscores, without case and accents, so that no spelling hides a name. */
final class Words {

    /** No database has longer names. */
    static final int LONGEST = 1_024;

    private Words() {}

    static boolean isPart(int c) {
        if (c < 128) {
            return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        }
        return Character.isLetterOrDigit(c) || isSilent(c) || Character.getType(c) == Character.COMBINING_SPACING_MARK;
    }

    /** The words of a short text, those of digits only left out: they are in every list of numbers. */
    static List<String> of(String text) {
        return andNumbers(text).stream().filter(word -> !isNumber(word)).toList();
    }

    static List<String> andNumbers(String text) {
        var words = new ArrayList<String>();
        for (var at = 0; at < text.length(); ) {
            var end = endOf(text, at);
            if (end == at) {
                at += Character.charCount(text.codePointAt(at));
                continue;
            }
            words.add(folded(text, at, end));
            at = end;
        }
        return words;
    }

    /** Where the word that begins there ends; the same place if none does. */
    static int endOf(String text, int start) {
        var end = start;
        while (end < text.length()) {
            var c = text.codePointAt(end);
            if (!isPart(c)) {
                break;
            }
            end += Character.charCount(c);
        }
        return end;
    }

    /** Cut one character after the longest name: nothing that is longer is a name. */
    static String folded(String text, int start, int end) {
        var word = new StringBuilder(Math.min(end - start, LONGEST));
        for (var at = start; at < end && word.length() <= LONGEST; ) {
            var c = text.codePointAt(at);
            if (c < 128) {
                word.append((char) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c));
            } else {
                foldedInto(word, c);
            }
            at += Character.charCount(c);
        }
        return word.toString();
    }

    static boolean isNumber(String word) {
        return word.chars().allMatch(Character::isDigit);
    }

    /** Each character by itself: to normalise a whole text may take time that grows with its square. */
    private static void foldedInto(StringBuilder word, int c) {
        Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD)
                .codePoints()
                .filter(part -> !isSilent(part))
                .map(part -> Character.toLowerCase(Character.toUpperCase(part)))
                .forEach(word::appendCodePoint);
    }

    private static boolean isSilent(int c) {
        var type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT;
    }
}
