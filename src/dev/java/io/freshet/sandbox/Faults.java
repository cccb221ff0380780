package io.freshet.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What goes wrong on demand. A fault strikes only calls that are let in: with a good credential, within the rate limit.
 * The one that was ordered first strikes first.
 */
public final class Faults {

    private static final Duration SLOW = Duration.ofSeconds(2);

    /** "Effect" is what the request would have done without the fault. */
    public enum Kind {
        /** An error's status; no effect. */
        STATUS,
        /** Effect, then an error's status, as from a gateway that lost patience. */
        STATUS_AFTER,
        /** The connection is cut; no effect. */
        RESET_BEFORE,
        /** Effect, then the connection is cut. */
        RESET_AFTER,
        /** No answer, no effect. */
        HANG,
        /** Effect, no answer. */
        HANG_AFTER,
        /** 200 and broken JSON; no effect. */
        GARBAGE,
        GARBAGE_AFTER,
        /** 200 and a login page; no effect. */
        HTML,
        HTML_AFTER,
        /** Effect at once, the true answer late. */
        SLOW,
        /** Effect, then half of the true answer, and the connection is cut. */
        HALF_AFTER,
        /** Effect, then an answer that comes byte by byte and has no end. */
        DRIP_AFTER,
        /** 200 and 400 MB; no effect. */
        FLOOD
    }

    /** @param path as in {@link CallLog.Call} */
    public record Request(String method, String path) {}

    private final List<Fault> ordered = new ArrayList<>();

    /** {@link Kind#STATUS} is 500, {@link Kind#SLOW} takes two seconds: see {@link #status} and {@link #slow}. */
    public Fault next(int times, Kind kind, Predicate<Request> which) {
        return order(new Fault(times, kind, kind == Kind.HTML ? 200 : 500, SLOW, which));
    }

    /** A page of HTML with this status, as of a front end. */
    public Fault page(int times, int status, Predicate<Request> which) {
        return order(new Fault(times, Kind.HTML, status, SLOW, which));
    }

    public Fault always(Kind kind, Predicate<Request> which) {
        return next(Integer.MAX_VALUE, kind, which);
    }

    public Fault status(int times, int status, Predicate<Request> which) {
        return order(new Fault(times, Kind.STATUS, status, SLOW, which));
    }

    /** As Mode words an error. */
    public Fault error(int status, String id, String message, Predicate<Request> which) {
        return order(Fault.always(Answer.error(status, id, message), which));
    }

    public Fault alwaysStatus(int status, Predicate<Request> which) {
        return status(Integer.MAX_VALUE, status, which);
    }

    public Fault statusAfter(int times, int status, Predicate<Request> which) {
        return order(new Fault(times, Kind.STATUS_AFTER, status, SLOW, which));
    }

    public Fault slow(int times, Duration delay, Predicate<Request> which) {
        return order(new Fault(times, Kind.SLOW, 200, delay, which));
    }

    public synchronized void clear() {
        ordered.clear();
    }

    private synchronized Fault order(Fault fault) {
        ordered.add(fault);
        return fault;
    }

    synchronized Optional<Fault> strike(Request request) {
        return ordered.stream().filter(fault -> fault.strikes(request)).findFirst();
    }
}
