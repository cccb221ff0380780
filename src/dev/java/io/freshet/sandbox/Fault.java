package io.freshet.sandbox;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One thing that goes wrong, so many times. */
public final class Fault {

    private final Faults.Kind kind;
    private final int status;
    private final Duration delay;
    private final Predicate<Faults.Request> which;
    private final Optional<Answer> instead;
    private int left;
    private int struck;

    Fault(int times, Faults.Kind kind, int status, Duration delay, Predicate<Faults.Request> which) {
        this(times, kind, status, delay, which, Optional.empty());
    }

    private Fault(
            int times,
            Faults.Kind kind,
            int status,
            Duration delay,
            Predicate<Faults.Request> which,
            Optional<Answer> instead) {
        this.instead = instead;
        this.left = times;
        this.kind = kind;
        this.status = status;
        this.delay = delay;
        this.which = which;
    }

    /** This answer instead; no effect. */
    static Fault always(Answer answer, Predicate<Faults.Request> which) {
        return new Fault(
                Integer.MAX_VALUE, Faults.Kind.STATUS, answer.status(), Duration.ZERO, which, Optional.of(answer));
    }

    /** How often it has struck. */
    public synchronized int struck() {
        return struck;
    }

    /** It strikes no more. */
    public synchronized void lift() {
        left = 0;
    }

    synchronized boolean strikes(Faults.Request request) {
        if (left == 0 || !which.test(request)) {
            return false;
        }
        left--;
        struck++;
        return true;
    }

    Reply reply(Supplier<Answer> effect) {
        return switch (kind) {
            case STATUS -> Reply.of(instead.orElseGet(() -> Answer.status(status)));
            case STATUS_AFTER -> Reply.of(Answer.status(status).withEffectOf(effect.get()));
            case RESET_BEFORE -> Reply.cut(Answer.NONE);
            case RESET_AFTER -> Reply.cut(Answer.NONE.withEffectOf(effect.get()));
            case HANG -> Reply.silence(Answer.NONE);
            case HANG_AFTER -> Reply.silence(Answer.NONE.withEffectOf(effect.get()));
            case GARBAGE -> Reply.of(Answer.garbage());
            case GARBAGE_AFTER -> Reply.of(Answer.garbage().withEffectOf(effect.get()));
            case HTML -> Reply.of(Answer.html(status, "Sign in"));
            case HTML_AFTER -> Reply.of(Answer.loginPage().withEffectOf(effect.get()));
            case HALF_AFTER -> new Reply(Reply.Manner.HALVED, effect.get(), Duration.ZERO);
            case DRIP_AFTER -> new Reply(Reply.Manner.DRIPPING, effect.get(), Duration.ZERO);
            case FLOOD -> new Reply(Reply.Manner.FLOODING, Answer.garbage(), Duration.ZERO);
            case SLOW -> Reply.late(effect.get(), delay);
        };
    }
}
