package io.freshet.state;

import io.freshet.event.ChangeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * Of a report under objectives: the changes that no successful run of it has shown, and for which objectives that was told
 * as a breach.
 *
 * @param parts one per batch; those for which the report came to a bad end are together in the newest of them
 * @param breaches by objective
 */
public record Unshown(List<Part> parts, SortedMap<String, Breach> breaches) {

    public static final Unshown NOTHING = new Unshown(List.of(), Collections.emptySortedMap());

    /**
     * Changes of a batch.
     *
     * @param batch the number of the batch that was planned last
     * @param datasets those that have changed, and that no run has shown
     * @param objectives the names of those that count these changes
     * @param oldest of these changes
     */
    public record Part(long batch, SortedSet<String> datasets, SortedSet<String> objectives, ChangeRef oldest) {

        public Part {
            datasets = Collections.unmodifiableSortedSet(new TreeSet<>(datasets));
            objectives = Collections.unmodifiableSortedSet(new TreeSet<>(objectives));
        }

        private Part but(SortedSet<String> shown) {
            var left = new TreeSet<>(datasets);
            left.removeAll(shown);
            return new Part(batch, left, objectives, oldest);
        }

        private Part and(Part other) {
            var both = new TreeSet<>(datasets);
            both.addAll(other.datasets);
            var first = oldest.changedAt().isAfter(other.oldest.changedAt()) ? other.oldest : oldest;
            return new Part(Math.max(batch, other.batch), both, objectives, first);
        }
    }

    /**
     * That the report is late was told.
     *
     * @param change the oldest one that it didn't show in time
     * @param within how old that was allowed to become
     */
    public record Breach(ChangeRef change, Duration within, Instant at) {}

    public Unshown {
        parts = parts.stream().sorted(Comparator.comparingLong(Part::batch)).toList();
        breaches = Collections.unmodifiableSortedMap(new TreeMap<>(breaches));
    }

    public boolean isNothing() {
        return parts.isEmpty() && breaches.isEmpty();
    }

    /** @param carries whether the report has not come to its end for a batch */
    public Unshown planned(Part part, LongPredicate carries) {
        return with(Stream.concat(parts.stream(), Stream.of(part)), carries);
    }

    /**
     * A run has ended well: it shows what changed of these datasets for its batches, and for earlier ones that nothing else is
     * under way for.
     */
    public Unshown shown(SortedSet<Long> batches, SortedSet<String> datasets, LongPredicate carries) {
        return with(
                parts.stream()
                        .map(part -> isShown(part.batch(), batches, carries) ? part.but(datasets) : part)
                        .filter(part -> !part.datasets().isEmpty()),
                carries);
    }

    private static boolean isShown(long batch, SortedSet<Long> batches, LongPredicate carries) {
        return batches.contains(batch) || (!batches.isEmpty() && batch < batches.last() && !carries.test(batch));
    }

    /** A report whose runs fail for weeks has one part for that. */
    private Unshown with(Stream<Part> all, LongPredicate carries) {
        var kept = new ArrayList<Part>();
        var ended = new HashMap<SortedSet<String>, Part>();
        all.forEach(part -> {
            if (carries.test(part.batch())) {
                kept.add(part);
            } else {
                ended.merge(part.objectives(), part, Part::and);
            }
        });
        kept.addAll(ended.values());
        return new Unshown(kept, breaches);
    }

    /** The oldest change that counts for the objective. */
    public Optional<ChangeRef> oldest(String objective) {
        return parts.stream()
                .filter(part -> part.objectives().contains(objective))
                .map(Part::oldest)
                .min(Comparator.comparing(ChangeRef::changedAt));
    }

    /** The same, if it is older than the objective allows. */
    public Optional<ChangeRef> late(String objective, Duration within, Instant now) {
        return oldest(objective)
                .filter(change -> !now.isBefore(change.changedAt().plus(within)));
    }

    /**
     * When the report will be late for an objective for which that is not told; empty if it won't.
     *
     * @param within how old a change may become, by the names of objectives
     */
    public Optional<Instant> deadline(Map<String, Duration> within) {
        return within.entrySet().stream()
                .filter(one -> !breaches.containsKey(one.getKey()))
                .flatMap(one -> oldest(one.getKey()).stream()
                        .map(change -> change.changedAt().plus(one.getValue())))
                .min(Comparator.naturalOrder());
    }

    public Unshown breached(String objective, Breach breach) {
        var more = new TreeMap<>(breaches);
        more.put(objective, breach);
        return new Unshown(parts, more);
    }

    public Unshown restored(String objective) {
        var fewer = new TreeMap<>(breaches);
        fewer.remove(objective);
        return new Unshown(parts, fewer);
    }
}
