package io.freshet.tables;

/**
 * Where a template or a definition cuts a text, the two pieces that it prints next to each other may become one name, or
 * something else that neither of them is. What one piece may end with is kept as a set of kinds, for there may be several ways
 * to come there.
 */
final class Joints {

    static final int NOTHING = 0;
    /** Of what isn't known: a definition, or the last turn of a loop. */
    static final int ANYTHING = -1;

    private static final int LETTER = 1;
    private static final int STAR = 2;
    private static final int BACKSLASH = 4;
    private static final int AMPERSAND = 8;
    private static final int EXCLAMATION_MARK = 16;

    private Joints() {}

    /** What a piece ends with, by its last character. */
    static int endingWith(int c) {
        return switch (c) {
            case '*' -> LETTER | STAR;
            case '\\' -> BACKSLASH;
            case '&' -> AMPERSAND;
            case '!' -> EXCLAMATION_MARK;
            default -> Words.isPart(c) ? LETTER : NOTHING;
        };
    }

    /** Whether the character continues what may be before it. */
    static boolean isOne(int before, int c) {
        return switch (c) {
            case '*', '&' -> has(before, LETTER); // `events_*` and U&"…"
            case '`' -> has(before, STAR);
            case '"', '\'' -> has(before, AMPERSAND);
            default -> Words.isPart(c) && has(before, LETTER | BACKSLASH | EXCLAMATION_MARK); // \n… and /*!50000…
        };
    }

    private static boolean has(int before, int kinds) {
        return (before & kinds) != 0;
    }
}
