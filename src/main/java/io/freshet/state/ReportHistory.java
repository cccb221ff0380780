package io.freshet.state;

import io.freshet.event.ChangeRefs;
import io.freshet.event.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a report keeps from run to run.
 *
 * @param outcomes how it came to its end for batches that are open, by their numbers
 * @param lastOutcome how it came to its end last
 * @param lastRun token of the run that was followed last, which can't be the answer to a later POST
 * @param executedBy whom Mode named as the executor of our last run, to tell a person's run from ours
 * @param runtime how long the last successful run took: when to ask first about the next one
 * @param knownAs what people call it in Mode
 */
public record ReportHistory(
        SortedMap<Long, ReportOutcome> outcomes,
        @Nullable Outcome lastOutcome,
        @Nullable String lastRun,
        @Nullable String executedBy,
        @Nullable Duration runtime,
        @Nullable String knownAs) {

    public static final ReportHistory EMPTY =
            new ReportHistory(Collections.emptySortedMap(), null, null, null, null, null);

    public ReportHistory {
        outcomes = outcomes.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
    }

    ReportHistory ended(ChangeRefs carried, ReportOutcome end) {
        var more = new TreeMap<>(outcomes);
        carried.batches().forEach(batch -> more.put(batch, end));
        return new ReportHistory(more, end.outcome(), lastRun, executedBy, runtime, knownAs);
    }

    /** Without the outcomes for batches that are settled. */
    ReportHistory counting(LongPredicate isOpen) {
        if (outcomes.keySet().stream().allMatch(isOpen::test)) {
            return this;
        }
        var open = new TreeMap<>(outcomes);
        open.keySet().removeIf(batch -> !isOpen.test(batch));
        return new ReportHistory(open, lastOutcome, lastRun, executedBy, runtime, knownAs);
    }

    ReportHistory ofRun(Run run) {
        return new ReportHistory(
                outcomes,
                lastOutcome,
                run.token(),
                run.executedBy().orElse(executedBy),
                runtime,
                knownAs);
    }

    ReportHistory tookFor(Duration took) {
        return new ReportHistory(outcomes, lastOutcome, lastRun, executedBy, took, knownAs);
    }

    /** Where Mode doesn't say, what it said last goes on. */
    public ReportHistory named(Optional<String> name) {
        return name.isEmpty() || name.get().equals(knownAs)
                ? this
                : new ReportHistory(outcomes, lastOutcome, lastRun, executedBy, runtime, name.get());
    }

    public Optional<String> name() {
        return Optional.ofNullable(knownAs);
    }

    /** How long a run for this request will take: what was measured of this report, else what Mode expects of its datasets. */
    Optional<Duration> expectedRuntime(RefreshRequest request) {
        return Optional.ofNullable(runtime).or(request::expectedRuntime);
    }
}
