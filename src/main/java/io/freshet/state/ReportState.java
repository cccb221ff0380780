package io.freshet.state;

import io.freshet.event.ReportKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * Where one report stands.
 *
 * <pre>
 *            refresh          intent          202
 * Settled ──────────▶ Waiting ─────▶ Posting ─────▶ Running ─────▶ Settled, or Waiting where more came in meanwhile
 *                        ▲             │  nobody knows             (told: run-finished)
 *                        │             ├─▶ list the runs: ours is there ─▶ Running (adopted)
 *                        └─ not there ─┤
 *                                      └─ refused for good ─▶ as after a run (told: run-rejected)
 * </pre>
 *
 * A part of a refresh that awaits runs of datasets is kept beside, in any state, and comes in as a refresh when they have ended.
 *
 * Each state has methods for its own exits only. Time comes in as an argument; what is told goes out as a value.
 */
public sealed interface ReportState permits Settled, Waiting, Posting, Running {

    /** The {@link #name} of each state, in the order in which a report comes through them. */
    List<String> NAMES = List.of("waiting", "posting", "running", "settled");

    /** What the report remembers of earlier runs. */
    ReportHistory memory();

    /**
     * A refresh came in, because of a batch. If the report carries that batch already, or has come to its end for it, this
     * very state comes back: a request has one effect however often it is made.
     */
    default ReportState merge(RefreshRequest request) {
        return request.causes().batches().stream().anyMatch(this::knows) ? this : with(request);
    }

    /** The same, but not before datasets have been run for the batch. */
    default ReportState await(Awaiting part) {
        return await(part, token -> unknown());
    }

    /**
     * The same. It joins another part if the same runs of datasets answer both.
     *
     * @param datasets where each dataset is, by its token
     */
    default ReportState await(Awaiting part, Function<String, ReportState> datasets) {
        return knows(part.batch())
                ? this
                : with(memory().with(part, other -> part.datasets().stream()
                        .allMatch(token -> datasets.apply(token).carriesTogether(part.batch(), other.batch()))));
    }

    /**
     * Parts of a refresh whose datasets have all come to their end wait no longer. Empty if there is none.
     *
     * @param datasets where each dataset is, by its token
     */
    default Optional<Transition> release(ReportKey report, Function<String, ReportState> datasets, Instant now) {
        return memory().awaiting().isEmpty()
                ? Optional.empty()
                : new ReleasedParts(report, this, datasets).release(now);
    }

    /** The same parts are told as rejected, because the records of {@link #release} are too large. */
    default Optional<Transition> reject(ReportKey report, Function<String, ReportState> datasets, Instant now) {
        return new ReleasedParts(report, this, datasets).reject(now);
    }

    /** Takes the request in, which is news. */
    ReportState with(RefreshRequest request);

    /** The same with this history. */
    ReportState with(ReportHistory history);

    /** What is to be done next for this report, and when; empty when nothing is. */
    Optional<Step> step();

    /** One answer per state; the only place where the states are told apart from outside. */
    <T> T fold(
            Function<Settled, T> settled,
            Function<Waiting, T> waiting,
            Function<Posting, T> posting,
            Function<Running, T> running);

    /** This state as it counts for a replica that reads it now: whoever saved it may have had a clock that was ahead. */
    default ReportState readBack(Instant now, TrackingPolicy pace) {
        return TimesReadBack.of(this, now, pace);
    }

    /** The name of the state on the wire and in logs. */
    default String name() {
        return fold(
                settled -> memory().awaiting().isEmpty() ? "settled" : "waiting",
                w -> "waiting",
                p -> "posting",
                r -> "running");
    }

    /** The request that is waiting, or that a run was posted for; empty where the report has settled. */
    default Optional<RefreshRequest> underWay() {
        return fold(
                settled -> Optional.empty(),
                waiting -> Optional.of(waiting.request()),
                posting -> Optional.of(posting.request()),
                running -> Optional.of(running.request()));
    }

    /** What waits for its turn after the request that is under way. */
    default Optional<RefreshRequest> following() {
        return fold(s -> Optional.empty(), w -> Optional.empty(), Posting::next, Running::next);
    }

    /** Numbers of the batches for which it has not come to its end. */
    default Stream<Long> carried() {
        var requested = Stream.concat(underWay().stream(), following().stream())
                .flatMap(request -> request.causes().batches().stream());
        return Stream.concat(requested, memory().awaitedFor());
    }

    /** Whether it has not come to its end for the batch. */
    default boolean carries(long batch) {
        return carried().anyMatch(number -> number == batch);
    }

    /** Whether one run will answer both batches. */
    private boolean carriesTogether(long one, long other) {
        return Stream.concat(underWay().stream(), following().stream())
                .map(request -> request.causes().batches())
                .anyMatch(batches -> batches.contains(one) && batches.contains(other));
    }

    private boolean knows(long batch) {
        return memory().outcomes().containsKey(batch) || carries(batch);
    }

    /** Whether there is nothing to do for it before something new comes. */
    default boolean isAtRest() {
        return isSettled() && memory().awaiting().isEmpty();
    }

    /** Whether no request is under way; parts of one may wait for datasets. */
    default boolean isSettled() {
        return fold(s -> true, w -> false, p -> false, r -> false);
    }

    /** Whether Mode has refused to run it not long ago, for a reason that lasts. */
    default boolean wasRefusedLately(Instant now) {
        return memory().wasRefusedLately(now);
    }

    /** Without the outcomes for batches that are settled. */
    default ReportState counting(LongPredicate isOpen) {
        var counting = memory().counting(isOpen);
        return counting.equals(memory()) ? this : with(counting);
    }

    /** The same, of which Mode shows the name now. */
    default ReportState named(Optional<String> name) {
        var named = memory().named(name);
        return named.equals(memory()) ? this : with(named);
    }

    /** This very state where it is one of waiting. */
    default Optional<Waiting> ifWaiting() {
        return fold(s -> Optional.empty(), Optional::of, p -> Optional.empty(), r -> Optional.empty());
    }

    /** This very state where it is one of posting. */
    default Optional<Posting> ifPosting() {
        return fold(s -> Optional.empty(), w -> Optional.empty(), Optional::of, r -> Optional.empty());
    }

    /** This very state where it is one of running. */
    default Optional<Running> ifRunning() {
        return fold(s -> Optional.empty(), w -> Optional.empty(), p -> Optional.empty(), Optional::of);
    }

    /** A report that nothing is known of. */
    static ReportState unknown() {
        return new Settled(ReportHistory.EMPTY, Instant.EPOCH);
    }

    /** Beside a request that has left already: what comes joins those that wait for their turn after it. */
    static Optional<RefreshRequest> followUp(Optional<RefreshRequest> next, RefreshRequest news) {
        return Optional.of(next.map(earlier -> earlier.and(news)).orElse(news));
    }

    /** After a run or a rejection: to what came in meanwhile, or to rest. */
    static ReportState afterwards(ReportHistory memory, Optional<RefreshRequest> next, Instant now) {
        return next.<ReportState>map(request -> new Waiting(request, now, Attempts.NONE, memory))
                .orElseGet(() -> new Settled(memory, now));
    }
}
