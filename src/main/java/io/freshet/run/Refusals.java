package io.freshet.run;

import io.freshet.mode.Answer.Failure;
import io.freshet.state.Refusal;
import java.util.Optional;

/** Which failures of Mode's mean that a report's run will never be, and how that is told. */
final class Refusals {

    private Refusals() {}

    /** Empty where it may be otherwise later. */
    static Optional<Refusal> of(Failure<?> failure) {
        var reason =
                switch (failure.kind()) {
                    case BAD_REQUEST -> "bad_request";
                    case FORBIDDEN -> "forbidden";
                    case NOT_FOUND -> "report_not_found";
                    case REFUSED -> "refused";
                    case UNAUTHORISED, THROTTLED, UNREACHABLE, NOT_SENT, UNAVAILABLE, UNREADABLE, ANSWER_UNKNOWN -> "";
                };
        return reason.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(reason, failure.status(), failure.message()));
    }
}
