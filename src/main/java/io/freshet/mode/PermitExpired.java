package io.freshet.mode;

import java.util.Optional;

/** The request was about to be written when it turned out that it may not leave. No byte of it did. */
final class PermitExpired extends RuntimeException {

    static final String NOT_OURS = "another replica may own the workspace by now, or Mode wants to be left alone";

    private final String why;

    PermitExpired(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    String why() {
        return why;
    }

    static Optional<PermitExpired> in(Throwable thrown) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof PermitExpired expired) {
                return Optional.of(expired);
            }
        }
        return Optional.empty();
    }
}
