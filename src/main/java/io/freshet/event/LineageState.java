package io.freshet.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a run stands, in OpenLineage's words.
 *
 * @param error why it failed; only with {@link Type#FAIL}
 */
record LineageState(Type type, Instant at, Optional<String> error) {

    /** As they are spelled on the wire. */
    enum Type {
        START,
        COMPLETE,
        FAIL,
        ABORT
    }

    /** A run that was rejected never began, and OpenLineage wants a beginning of each that ends. */
    static List<LineageState> of(RunEvent event) {
        return event.fold(
                accepted -> List.of(plain(Type.START, accepted.acceptedAt())),
                finished -> List.of(end(finished)),
                rejected -> List.of(
                        plain(Type.START, rejected.rejectedAt()), failed(rejected.rejectedAt(), error(rejected))));
    }

    private static LineageState end(RunFinished run) {
        return switch (run.outcome()) {
            case SUCCEEDED -> plain(Type.COMPLETE, run.finishedAt());
            case FAILED, REJECTED -> failed(run.finishedAt(), error(run));
            case CANCELLED, TIMED_OUT -> plain(Type.ABORT, run.finishedAt());
        };
    }

    private static LineageState plain(Type type, Instant at) {
        return new LineageState(type, at, Optional.empty());
    }

    private static LineageState failed(Instant at, String error) {
        return new LineageState(Type.FAIL, at, Optional.of(error));
    }

    private static String error(RunFinished run) {
        return run.error()
                .flatMap(error -> error.message().or(error::code))
                .orElseGet(() -> "Mode says " + run.modeState() + ", and not why.");
    }

    private static String error(RunRejected run) {
        return run.reason() + ": " + run.message();
    }
}
