package io.freshet.tables;

/** A letter that quoted names of BigQuery may have in place of itself, as in {@code ord\x65rs}. */
final class EscapedLetters {

    private static final int HEXADECIMAL = 16;
    private static final int OCTAL = 8;

    private EscapedLetters() {}

    /** Of what comes after a backslash. Other signs, as a line's end, only end a word. */
    static boolean isOne(String sql, int start) {
        return switch (sql.charAt(start)) {
            case 'x', 'X' -> isLetter(sql, start + 1, 2, HEXADECIMAL);
            case 'u' -> isLetter(sql, start + 1, 4, HEXADECIMAL);
            case 'U' -> isLetter(sql, start + 1, 8, HEXADECIMAL);
            case '0', '1', '2', '3' -> isLetter(sql, start, 3, OCTAL);
            default -> false;
        };
    }

    /** How long a number after a backslash is; a sign that it stands for only ends a word. */
    static int length(String sql, int start) {
        var most =
                switch (sql.charAt(start)) {
                    case 'x', 'X' -> 3;
                    case 'u' -> 5;
                    case 'U' -> 9;
                    case '0', '1', '2', '3' -> 3;
                    default -> 0;
                };
        return start + most <= sql.length() ? most : 0;
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
