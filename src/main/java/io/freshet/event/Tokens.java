package io.freshet.event;

import java.util.regex.Pattern;

/** Mode's names for things: 12 hex characters as Mode makes them; Freshet takes a little more, and nothing else. */
public final class Tokens {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9]{1,64}");

    private Tokens() {}

    /** Whether the text may stand in a URL or a key as a token. */
    public static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }
}
