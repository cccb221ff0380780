package io.freshet.tables;

/** A letter that quoted names of BigQuery may have in place of itself, as in {@code ord\x65rs}. */
final class EscapedLetters {

    private static final int HEXADECIMAL = 16;
    private static final int OCTAL = 8;

    private EscapedLetters() {}

    /** Of what comes after a backslash. Other signs, as a line's end, only end a word. */
    static boolean isOne(String sql, int start) {
        var length = lengthAfter(sql.charAt(start));
        return length > 0
                && (Character.isDigit(sql.charAt(start))
                        ? isLetter(sql, start, length, OCTAL)
                        : isLetter(sql, start + 1, length - 1, HEXADECIMAL));
    }

    /** How long a number after a backslash is; a sign that it stands for only ends a word. */
    static int length(String sql, int start) {
        var length = lengthAfter(sql.charAt(start));
        return start + length <= sql.length() ? length : 0;
    }

    private static int lengthAfter(char first) {
        return switch (first) {
            case 'x', 'X', '0', '1', '2', '3' -> 3;
            case 'u' -> 5;
            case 'U' -> 9;
            default -> 0;
        };
    }

    private static boolean isLetter(String sql, int start, int length, int radix) {
        var code = 0L;
        for (var at = start; at < start + length; at++) {
            var digit = at < sql.length() ? Character.digit(sql.charAt(at), radix) : -1;
            if (digit < 0) {
                return false;
            }
            code = code * radix + digit;
        }
        return code <= Character.MAX_CODE_POINT && (code == '*' || Words.isPart((int) code));
    }
}
