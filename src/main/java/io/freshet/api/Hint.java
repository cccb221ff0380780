package io.freshet.api;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * That a run may have ended, as Mode's webhook says. Nothing in it can be believed, for Mode signs nothing: the two tokens
 * are taken out, and only compared. Its host and its workspace are others than those of the API.
 */
record Hint(String report, String run) {

    /** What Mode sends has less than two hundred. */
    static final int LONGEST = 4_096;

    private static final Pattern EVENT = Pattern.compile("\"event\"\\s*:\\s*\"report_run_completed\"");
    private static final Pattern URL = Pattern.compile(
            "\"report_run_url\"\\s*:\\s*\"[^\"]{0,500}?/(?:reports|datasets)\\\\?/([A-Za-z0-9]{1,64})\\\\?/runs\\\\?/([A-Za-z0-9]{1,64})\"");

    /** Empty where it is about something else, such as the test event of a new webhook. */
    static Optional<Hint> in(String body) {
        var url = URL.matcher(body);
        return body.length() <= LONGEST && EVENT.matcher(body).find() && url.find()
                ? Optional.of(new Hint(url.group(1), url.group(2)))
                : Optional.empty();
    }
}
