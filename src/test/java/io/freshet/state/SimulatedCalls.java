package io.freshet.state;

import io.freshet.event.ReportKey;
import io.freshet.ledger.LedgerEntry;
import io.freshet.mode.limit.Lane;
import io.freshet.mode.limit.SimulatedBudget;
import io.freshet.schedule.StepQueue;
import io.freshet.state.SimulatedMember.Flaw;
import io.freshet.state.SimulatedReplica.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The steps of a simulated replica that need Mode: claimed, begun, sent and answered one after the other. */
final class SimulatedCalls {

    /** How a step is written to the ledger. */
    interface Moves {
        void move(
                ReportKey report,
                Function<ReportState, Optional<Transition>> step,
                Consumer<Optional<ReportState>> done);
    }

    /** A request on its way into the ledger, and who waits for that. */
    record Entering(LedgerEntry.Refresh entry, Consumer<Optional<ReportState>> entered) {

        static Entering inTurn(LedgerEntry.Refresh wished) {
            return new Entering(wished, state -> {});
        }
    }

    private static final TrackingPolicy PACE = Samples.PACE;
    /** How late a POST may take effect; safely within the grace, also when it left as late as it may. */
    private static final Duration LATEST_EFFECT = Duration.ofSeconds(30);

    private final SimulatedWorld world;
    private final StepQueue stepQueue;
    private final SimulatedBudget budget;
    private final Moves moves;
    private final Flaw flaw;
    /** Each can go on at any time. */
    private final List<Consumer<Fate>> goingOn = new ArrayList<>();
    /** What has left and may not have come to Mode yet. */
    private final Set<Object> inFlight = new HashSet<>();

    SimulatedCalls(SimulatedWorld world, StepQueue stepQueue, SimulatedBudget budget, Moves moves, Flaw flaw) {
        this.world = world;
        this.stepQueue = stepQueue;
        this.budget = budget;
        this.moves = moves;
        this.flaw = flaw;
    }

    List<Consumer<Fate>> possible() {
        var possible = new ArrayList<Consumer<Fate>>();
        goingOn.forEach(one -> possible.add(fate -> {
            goingOn.remove(one);
            one.accept(fate);
        }));
        if (stepQueue.nextDue().filter(due -> !due.isAfter(world.now())).isPresent()) {
            possible.add(fate -> stepQueue.due(world.now()).forEach(this::claim));
        }
        if (budget.canGrant(world.now())) {
            possible.add(fate -> budget.grant(world.now()));
        }
        return possible;
    }

    /** What has left reaches Mode now, if it hasn't before. */
    void arrive() {
        inFlight.forEach(call -> world.called(world.now()));
        inFlight.clear();
    }

    /** Where its report rests and the budget is free, the request is entered with its intent. */
    Entering atOnce(LedgerEntry.Refresh wished) {
        var step = new Step(Step.Kind.POST, world.now(), wished.request().oldestChange());
        var item = stepQueue.reserve(wished.partition(), wished.report(), step);
        if (item.isEmpty()) {
            return Entering.inTurn(wished);
        }
        if (wished.request().backfill() || !budget.takeAtOnce(world.now())) {
            stepQueue.over(item.get());
            return Entering.inTurn(wished);
        }
        var intent = new AtomicReference<Posting>();
        return new Entering(
                wished.with(waiting -> {
                    var saved = intend(wished.report(), waiting);
                    saved.to().ifPosting().ifPresent(intent::set);
                    return saved;
                }),
                state -> state.flatMap(ReportState::ifPosting)
                        .filter(posting -> intent.get() != null && posting.isAttempt(intent.get()))
                        .ifPresentOrElse(
                                posting -> goingOn.add(fate -> post(item.get(), posting, fate)),
                                () -> keepBack(item.get())));
    }

    private Transition intend(ReportKey report, Waiting waiting) {
        return waiting.posting(world.now(), world.mode(report).date(world.now()));
    }

    private void claim(StepQueue.Claimed item) {
        var lane =
                switch (item.step().kind()) {
                    case POST, RECONCILE -> Lane.POST;
                    case BACKFILL -> Lane.BACKFILL;
                    case ASK -> Lane.ASK;
                };
        budget.claim(lane, item.step().priority(), () -> goingOn.add(fate -> begin(item)));
    }

    private void begin(StepQueue.Claimed item) {
        stepQueue
                .begin(item)
                .ifPresentOrElse(
                        state -> state.<Boolean>fold(
                                settled -> keepBack(item),
                                waiting -> intend(item),
                                posting -> goingOn.add(fate -> look(item, posting, fate)),
                                running -> goingOn.add(fate -> ask(item, running, fate))),
                        () -> keepBack(item));
    }

    private boolean keepBack(StepQueue.Claimed item) {
        budget.unused();
        stepQueue.over(item);
        return true;
    }

    private boolean intend(StepQueue.Claimed item) {
        move(item, Waiting.class, waiting -> true, waiting -> intend(item.report(), waiting), saved -> saved.flatMap(
                        ReportState::ifPosting)
                .ifPresentOrElse(posting -> goingOn.add(fate -> post(item, posting, fate)), () -> keepBack(item)));
        return true;
    }

    private void post(StepQueue.Claimed item, Posting intent, Fate fate) {
        var report = item.report();
        var isLate = world.now().isAfter(intent.attemptedAt().plus(PACE.grace().dividedBy(2)));
        if ((isLate && flaw != Flaw.POSTS_LATE) || !budget.mayLeave(world.now())) {
            budget.unused();
            conclude(item, Posting.class, intent::isAttempt, posting -> posting.notTaken(world.now()));
            return;
        }
        var mode = world.mode(report);
        Function<Posting, Transition> unanswered =
                posting -> posting.unanswered(world.now().plusSeconds(2));
        Function<Posting, Transition> answer =
                switch (fate) {
                    case TAKEN, LISTED -> {
                        var run = mode.post(intent.request(), world.now());
                        yield posting -> posting.accepted(report, run, world.now(), PACE);
                    }
                    case REFUSED ->
                        posting -> posting.refused(report, new Refusal("forbidden", 403, "No."), world.now());
                    case THROTTLED -> posting -> posting.notTaken(world.now().plusSeconds(5));
                    case LOST_BEFORE -> unanswered;
                    case LOST_AFTER -> {
                        mode.post(intent.request(), world.now());
                        yield unanswered;
                    }
                    case LOST_AND_LATE -> {
                        mode.postLate(intent.request(), world.now().plus(LATEST_EFFECT));
                        yield unanswered;
                    }
                };
        send(fate, () -> conclude(item, Posting.class, intent::isAttempt, answer));
    }

    private void look(StepQueue.Claimed item, Posting seen, Fate fate) {
        var report = item.report();
        if (!budget.mayLeave(world.now())) {
            budget.unused();
            conclude(item, Posting.class, seen::isAttempt, posting -> posting.notListed(world.now(), PACE));
            return;
        }
        var runs = world.mode(report).list();
        var askedAt = world.now();
        send(
                fate,
                () -> conclude(
                        item,
                        Posting.class,
                        seen::isAttempt,
                        posting -> isLost(fate)
                                ? posting.notListed(world.now(), PACE)
                                : posting.listed(report, runs, askedAt, world.now(), PACE)));
    }

    private void ask(StepQueue.Claimed item, Running seen, Fate fate) {
        var report = item.report();
        if (!budget.mayLeave(world.now())) {
            budget.unused();
            conclude(item, Running.class, seen::isRun, running -> running.unanswered(report, world.now(), PACE));
            return;
        }
        var run = world.mode(report).find(seen.runToken());
        send(
                fate,
                () -> conclude(
                        item,
                        Running.class,
                        seen::isRun,
                        running -> isLost(fate)
                                ? running.unanswered(report, world.now(), PACE)
                                : run.map(found -> running.seen(report, found, world.now(), PACE))
                                        .orElseGet(() -> running.missing(report, world.now(), PACE))));
    }

    private static boolean isLost(Fate fate) {
        return fate == Fate.LOST_BEFORE || fate == Fate.THROTTLED;
    }

    /** The call leaves; it comes to Mode at once or with its answer, and what it is answered is heard some time later. */
    private void send(Fate fate, Runnable heard) {
        var left = world.now();
        var call = new Object();
        inFlight.add(call);
        goingOn.add(later -> {
            if (inFlight.remove(call)) {
                world.called(later == Fate.TAKEN ? left : world.now());
            }
            budget.answered(world.now());
            if (fate == Fate.THROTTLED) {
                budget.throttled(world.now());
            }
            heard.run();
        });
    }

    private <S extends ReportState> void conclude(
            StepQueue.Claimed item, Class<S> from, Predicate<S> still, Function<S, Transition> step) {
        move(item, from, still, step, saved -> stepQueue.over(item));
    }

    private <S extends ReportState> void move(
            StepQueue.Claimed item,
            Class<S> from,
            Predicate<S> still,
            Function<S, Transition> step,
            Consumer<Optional<ReportState>> done) {
        moves.move(
                item.report(),
                state -> Optional.of(state)
                        .filter(from::isInstance)
                        .map(from::cast)
                        .filter(still)
                        .map(step),
                done);
    }
}
