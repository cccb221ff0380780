package io.freshet.api.admin;

import io.freshet.api.Problem;
import io.freshet.mode.Answer;

/** What somebody is told over HTTP for whom a call to Mode has failed. */
final class ModeFailures {

    private ModeFailures() {}

    static Problem problem(Answer.Failure<?> failure) {
        return Problem.of(
                status(failure.kind()),
                "Mode: %s (%s). %s".formatted(failure.message(), failure.kind().word(), advice(failure.kind())));
    }

    /** That Mode refuses our credential is no fault of whoever asks, so it is no 401. */
    private static int status(Answer.Kind kind) {
        return switch (kind) {
            case BAD_REQUEST -> 400;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case REFUSED -> 422;
            case UNAUTHORISED, UNAVAILABLE, UNREADABLE -> 502;
            case THROTTLED, UNREACHABLE, NOT_SENT -> 503;
            case ANSWER_UNKNOWN -> 504;
        };
    }

    private static String advice(Answer.Kind kind) {
        return switch (kind) {
            case BAD_REQUEST, REFUSED -> "Correct the request.";
            case FORBIDDEN -> "Give Freshet's API key the right.";
            case NOT_FOUND -> "Correct the token, and check that Freshet's API key may see it; it may be gone already.";
            case UNAUTHORISED -> "Renew Freshet's API key.";
            case THROTTLED, UNREACHABLE, NOT_SENT -> "Nothing was done: ask again later.";
            case UNAVAILABLE, UNREADABLE, ANSWER_UNKNOWN ->
                "Nobody knows whether it was done: look before you ask again.";
        };
    }
}
