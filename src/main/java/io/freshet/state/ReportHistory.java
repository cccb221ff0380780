package io.freshet.state;

import io.freshet.event.ChangeRefs;
import io.freshet.event.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a report keeps from run to run.
 *
 * @param outcomes how it came to its end for batches that are open, by their numbers
 * @param lastOutcome how it came to its end last
 * @param lastRun token of the run that was followed last, which can't be the answer to a later POST
 * @param executedBy whom Mode named as the executor of our last run, to tell a person's run from ours
 * @param runtime how long the last successful run took: when to ask first about the next one
 * @param awaiting parts of its refresh that wait for runs of datasets, each by the number of its first batch
 * @param refusedAt when Mode last refused to run it, if it has taken no run since
 * @param knownAs what people call it in Mode
 */
public record ReportHistory(
        SortedMap<Long, ReportOutcome> outcomes,
        @Nullable Outcome lastOutcome,
        @Nullable String lastRun,
        @Nullable String executedBy,
        @Nullable Duration runtime,
        SortedMap<Long, Awaiting> awaiting,
        @Nullable Instant refusedAt,
        @Nullable String knownAs) {

    public static final ReportHistory EMPTY = new ReportHistory(Collections.emptySortedMap(), null, null, null, null);

    /** How long a refusal counts: so long no other run is tried by itself. */
    private static final Duration REFUSAL_COUNTS = Duration.ofHours(24);

    public ReportHistory {
        outcomes = outcomes.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
        awaiting = awaiting.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(awaiting));
    }

    /** Of one that waits for no dataset, and that Mode doesn't refuse to run. */
    public ReportHistory(
            SortedMap<Long, ReportOutcome> outcomes,
            @Nullable Outcome lastOutcome,
            @Nullable String lastRun,
            @Nullable String executedBy,
            @Nullable Duration runtime) {
        this(outcomes, lastOutcome, lastRun, executedBy, runtime, Collections.emptySortedMap(), null, null);
    }

    /** @param meets whether the datasets come to their end for the part and this other one at once */
    ReportHistory with(Awaiting part, Predicate<Awaiting> meets) {
        var whole = awaiting.values().stream()
                .filter(part::isLike)
                .filter(meets)
                .findFirst()
                .map(earlier -> earlier.and(part))
                .orElse(part);
        var more = new TreeMap<>(awaiting);
        more.put(whole.batch(), whole);
        return new ReportHistory(outcomes, lastOutcome, lastRun, executedBy, runtime, more, refusedAt, knownAs);
    }

    ReportHistory without(Awaiting part) {
        var fewer = new TreeMap<>(awaiting);
        fewer.remove(part.batch());
        return new ReportHistory(outcomes, lastOutcome, lastRun, executedBy, runtime, fewer, refusedAt, knownAs);
    }

    ReportHistory refused(@Nullable Instant at) {
        return new ReportHistory(outcomes, lastOutcome, lastRun, executedBy, runtime, awaiting, at, knownAs);
    }

    boolean wasRefusedLately(Instant now) {
        return refusedAt != null && now.isBefore(refusedAt.plus(REFUSAL_COUNTS));
    }

    /** Whoever saved it may have had a clock that was ahead. */
    ReportHistory readBack(Instant now) {
        return refusedAt != null && refusedAt.isAfter(now) ? refused(now) : this;
    }

    ReportHistory ended(ChangeRefs carried, ReportOutcome end) {
        var more = new TreeMap<>(outcomes);
        carried.batches().forEach(batch -> more.put(batch, end));
        return new ReportHistory(more, end.outcome(), lastRun, executedBy, runtime, awaiting, refusedAt, knownAs);
    }

    /** Without the outcomes for batches that are settled. */
    ReportHistory counting(LongPredicate isOpen) {
        if (outcomes.keySet().stream().allMatch(isOpen::test)) {
            return this;
        }
        var open = new TreeMap<>(outcomes);
        open.keySet().removeIf(batch -> !isOpen.test(batch));
        return new ReportHistory(open, lastOutcome, lastRun, executedBy, runtime, awaiting, refusedAt, knownAs);
    }

    ReportHistory ofRun(Run run) {
        return new ReportHistory(
                outcomes,
                lastOutcome,
                run.token(),
                run.executedBy().orElse(executedBy),
                runtime,
                awaiting,
                null,
                knownAs);
    }

    ReportHistory tookFor(Duration took) {
        return new ReportHistory(outcomes, lastOutcome, lastRun, executedBy, took, awaiting, refusedAt, knownAs);
    }

    /** Where Mode doesn't say, what it said last goes on. */
    public ReportHistory named(Optional<String> name) {
        return name.isEmpty() || name.get().equals(knownAs)
                ? this
                : new ReportHistory(
                        outcomes, lastOutcome, lastRun, executedBy, runtime, awaiting, refusedAt, name.get());
    }

    public Optional<String> name() {
        return Optional.ofNullable(knownAs);
    }

    /** Numbers of the batches for which parts wait. */
    Stream<Long> awaitedFor() {
        return awaiting.values().stream().flatMap(part -> part.request().causes().batches().stream());
    }

    /** How long a run for this request will take: what was measured of this report, else what Mode expects of its datasets. */
    Optional<Duration> expectedRuntime(RefreshRequest request) {
        return Optional.ofNullable(runtime).or(request::expectedRuntime);
    }
}
