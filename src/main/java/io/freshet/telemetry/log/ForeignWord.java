package io.freshet.telemetry.log;

import java.util.regex.Pattern;

/** A name or an address that others chose, fit to be one value of a log line: a provider's name may have any characters. */
public final class ForeignWord {

    private static final int LONGEST = 200;
    private static final Pattern OTHERS = Pattern.compile("[^\\p{Alnum}@._+:/%-]");

    private ForeignWord() {}

    public static String of(String text) {
        var word = OTHERS.matcher(text).replaceAll("_");
        return word.length() <= LONGEST ? word : word.substring(0, LONGEST);
    }
}
