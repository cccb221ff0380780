package io.freshet.event;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Foreign text made fit to stand in a message or an event: short, and without what could make it look like another. */
final class SafeText {

    private static final int LONGEST = 80;

    /** Control characters, format characters such as those that turn the direction, and halves of characters. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");

    /** The same, but for what a text of several lines in any script needs. */
    private static final Pattern HARMFUL =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff&&[^\\n\\r\\t]]");

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private SafeText() {}

    /** In quotes, for a message. */
    static String of(String text) {
        return '"' + shown(text, LONGEST) + '"';
    }

    static String shown(String text, int longest) {
        return cut(INVISIBLE.matcher(cut(text, longest + 1)).replaceAll("?"), longest);
    }

    /** For an event: lines and scripts stay as they are. */
    static String carried(String text, int longest) {
        return cut(HARMFUL.matcher(cut(text, longest + 1)).replaceAll("?"), longest);
    }

    /** Never in the middle of a character. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        var end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + '…';
    }

    /** Whether it has neither control characters nor halves of characters, which CloudEvents forbid. */
    static boolean isPrintable(String text) {
        return !CONTROL.matcher(text).find();
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
