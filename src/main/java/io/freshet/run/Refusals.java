package io.freshet.run;

import io.freshet.event.ReportKey;
import io.freshet.mode.Answer.Failure;
import io.freshet.state.Refusal;
import java.util.Optional;

/** Which failures of Mode's mean that a report's run will never be, and how that is told. */
final class Refusals {

    private Refusals() {}

    /** Empty where it may be otherwise later. */
    static Optional<Refusal> of(ReportKey report, Failure<?> failure) {
        var reason = isUnknownCall(report, failure) ? notFound(report) : reason(report, failure);
        return reason.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(reason, failure.status(), failure.message()));
    }

    /** Mode may have no such call for datasets, and a front end of it says so with a page of HTML. */
    private static boolean isUnknownCall(ReportKey report, Failure<?> failure) {
        return report.isDataset() && (failure.isNotThere() || failure.status() == 405);
    }

    private static String notFound(ReportKey report) {
        return report.kind().word() + "_not_found";
    }

    private static String reason(ReportKey report, Failure<?> failure) {
        return switch (failure.kind()) {
            case BAD_REQUEST -> "bad_request";
            case FORBIDDEN -> "forbidden";
            case NOT_FOUND -> notFound(report);
            case REFUSED -> "refused";
            case UNAUTHORISED, THROTTLED, UNREACHABLE, NOT_SENT, UNAVAILABLE, UNREADABLE, ANSWER_UNKNOWN -> "";
        };
    }
}
