package io.freshet.state;

import static io.freshet.state.Samples.REPORT;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A replica that drives one report as the flow does, in steps between which it may crash: save the intent, post, save
 * the answer. Given a flaw, it breaks a promise.
 */
final class SimulatedReplica {

    /** What becomes of a call, and of the POST above all. */
    enum Fate {
        TAKEN,
        /** A question is answered by a listing, which shows good ends only. */
        LISTED,
        LOST_BEFORE,
        LOST_AFTER,
        LOST_AND_LATE,
        REFUSED,
        THROTTLED
    }

    enum Flaw {
        NONE,
        POSTS_AGAIN_BLINDLY,
        TRUSTS_THE_FIRST_LISTING,
        DOES_NOT_SAVE_THE_INTENT,
        TELLS_BEFORE_IT_SAVES,
        FORGETS_WHAT_COMES_WHILE_RUNNING,
        TAKES_ONE_WISH_AT_A_TIME
    }

    static final TrackingPolicy PACE = Samples.PACE;
    /** How late a POST may take effect; safely within the grace. */
    private static final Duration LATEST_EFFECT = Duration.ofSeconds(60);

    private final SimulatedMode mode;
    private final History history;
    private final Flaw flaw;
    private final Deque<RefreshRequest> heldBack = new ArrayDeque<>();

    private ReportState state = ReportState.unknown();
    private @Nullable Consumer<Fate> next;
    private Instant now;

    SimulatedReplica(SimulatedMode mode, History history, Flaw flaw, Instant now) {
        this.mode = mode;
        this.history = history;
        this.flaw = flaw;
        this.now = now;
    }

    void timeIs(Instant instant) {
        now = instant;
    }

    boolean isBusy() {
        return next != null;
    }

    boolean isDue() {
        var step = state.step();
        return step.isEmpty() ? !heldBack.isEmpty() : !step.get().due().isAfter(now);
    }

    ReportState state() {
        return state;
    }

    /** A refresh: merged, saved, acknowledged. */
    void arrives(RefreshRequest request) {
        history.arrived(request);
        if (flaw == Flaw.TAKES_ONE_WISH_AT_A_TIME && !(state instanceof Settled)) {
            heldBack.add(request);
        } else if (flaw != Flaw.FORGETS_WHAT_COMES_WHILE_RUNNING || !(state instanceof Running)) {
            merge(request);
        }
    }

    private void merge(RefreshRequest request) {
        var after = state.merge(request);
        if (after != state) {
            state = after;
            history.saved(after);
        }
    }

    /** What wasn't saved is gone; the new replica begins with what was. */
    void crashes() {
        next = null;
        state = history.lastSaved();
    }

    void hinted() {
        if (next == null) {
            move(Running.class, running -> running.hinted(now));
        }
    }

    /** Does one thing: goes on with the step that it is at, or begins the one that is due. */
    void step(Fate fate) {
        var going = next;
        next = null;
        if (going != null) {
            going.accept(fate);
            return;
        }
        if (state instanceof Settled && !heldBack.isEmpty()) {
            merge(heldBack.remove());
        }
        state.step().filter(step -> !step.due().isAfter(now)).ifPresent(step -> begin(step.kind(), fate));
    }

    private void begin(Step.Kind kind, Fate fate) {
        switch (kind) {
            case POST, BACKFILL -> intend();
            case RECONCILE -> reconcile(fate);
            case ASK -> ask(fate);
        }
    }

    private void intend() {
        move(Waiting.class, waiting -> {
            history.intended(waiting.request());
            var intent = waiting.posting(now, mode.date(now));
            return flaw == Flaw.DOES_NOT_SAVE_THE_INTENT ? Transition.notPersisted(intent.to()) : intent;
        });
        state.ifPosting().ifPresent(posting -> next = fate -> post(posting.request(), fate));
    }

    private void post(RefreshRequest request, Fate fate) {
        switch (fate) {
            case TAKEN, LISTED -> {
                var run = mode.post(request, now);
                later(Posting.class, posting -> posting.accepted(REPORT, run, now, PACE));
            }
            case REFUSED -> {
                var refusal = new Refusal("forbidden", 403, "No.");
                later(Posting.class, posting -> posting.refused(REPORT, refusal, now));
            }
            case THROTTLED -> later(Posting.class, posting -> posting.notTaken(now.plusSeconds(5)));
            case LOST_BEFORE -> later(Posting.class, posting -> posting.unanswered(now.plusSeconds(2)));
            case LOST_AFTER -> {
                mode.post(request, now);
                later(Posting.class, posting -> posting.unanswered(now.plusSeconds(2)));
            }
            case LOST_AND_LATE -> {
                mode.postLate(request, now.plus(LATEST_EFFECT));
                later(Posting.class, posting -> posting.unanswered(now.plusSeconds(2)));
            }
        }
    }

    private void reconcile(Fate fate) {
        if (flaw == Flaw.POSTS_AGAIN_BLINDLY) {
            later(Posting.class, posting -> posting.notTaken(now));
        } else if (fate == Fate.LOST_BEFORE || fate == Fate.THROTTLED) {
            later(Posting.class, posting -> posting.notListed(now, PACE));
        } else {
            var runs = mode.list();
            var askedAt = now;
            later(Posting.class, posting -> listed(posting, runs, askedAt));
        }
    }

    private Transition listed(Posting posting, List<Run> runs, Instant askedAt) {
        var pace = flaw != Flaw.TRUSTS_THE_FIRST_LISTING
                ? PACE
                : new TrackingPolicy(
                        PACE.pollMin(),
                        PACE.pollMax(),
                        PACE.timeout(),
                        Duration.ZERO,
                        PACE.vanishAfter(),
                        3,
                        PACE.giveUpAfter());
        return posting.listed(REPORT, runs, askedAt, now, pace);
    }

    private void ask(Fate fate) {
        var run = state.ifRunning().flatMap(running -> mode.find(running.runToken()));
        if (fate == Fate.LOST_BEFORE || fate == Fate.THROTTLED) {
            later(Running.class, running -> running.unanswered(REPORT, now, PACE));
        } else if (fate == Fate.REFUSED || run.isEmpty()) {
            later(Running.class, running -> running.missing(REPORT, now, PACE));
        } else if (fate == Fate.LISTED && mayBeListed() && run.get().status() != Run.Status.SUCCEEDED) {
            later(Running.class, running -> running.unlisted(Optional.empty(), now, PACE));
        } else {
            later(Running.class, running -> running.seen(REPORT, run.orElseThrow(), now, PACE));
        }
    }

    private boolean mayBeListed() {
        return state.ifRunning()
                .filter(running -> running.mayBeListed(now, PACE))
                .isPresent();
    }

    private <S extends ReportState> void later(Class<S> from, Function<S, Transition> step) {
        next = fate -> move(from, step);
    }

    /** Save, then tell, as one. */
    private <S extends ReportState> void move(Class<S> from, Function<S, Transition> step) {
        var transition =
                Optional.of(state).filter(from::isInstance).map(from::cast).map(step);
        transition.flatMap(Transition::told).ifPresent(history::told);
        if (flaw == Flaw.TELLS_BEFORE_IT_SAVES
                && transition.flatMap(Transition::told).isPresent()) {
            next = fate -> save(step.apply(from.cast(state)));
        } else {
            transition.ifPresent(this::save);
        }
    }

    private void save(Transition transition) {
        state = transition.to();
        if (transition.durable()) {
            history.saved(transition.to());
        }
    }
}
