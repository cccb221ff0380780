package io.freshet.event;

import java.nio.charset.StandardCharsets;

/** Foreign text made fit to stand in a message: short, and without control characters. */
final class SafeText {

    private static final int LONGEST = 80;

    private SafeText() {}

    static String of(String text) {
        return '"' + cut(text.replaceAll("\\p{Cntrl}", "?"), LONGEST) + '"';
    }

    static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + '…';
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
