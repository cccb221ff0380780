package io.freshet.event;

import java.util.Optional;
import java.util.regex.Pattern;

/** What people call a report or a dataset in Mode, made fit to stand in a line of a log, an event or a page. */
public final class DisplayName {

    /** The rest is cut. */
    static final int LONGEST = 200;

    private static final Pattern BREAKS = Pattern.compile("[\\n\\r\\t]+");

    private DisplayName() {}

    /**
     * Empty if nothing can be seen of it.
     *
     * @param token which an untitled one is called by, and which is no name
     */
    public static Optional<String> of(String text, String token) {
        var carried = SafeText.carried(text.strip(), LONGEST);
        return Optional.of(BREAKS.matcher(carried).replaceAll(" "))
                .filter(name -> !name.isBlank() && !name.equals(token));
    }
}
