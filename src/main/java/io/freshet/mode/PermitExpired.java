package io.freshet.mode;

/** The request was about to be written when it turned out that it may not leave. No byte of it did. */
final class PermitExpired extends RuntimeException {

    static final String WHY = "another replica may have this one's part of the budget by now";

    PermitExpired() {
        super(WHY, null, false, false);
    }

    static boolean is(Throwable thrown) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof PermitExpired) {
                return true;
            }
        }
        return false;
    }
}
