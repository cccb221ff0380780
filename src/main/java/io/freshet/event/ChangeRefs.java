package io.freshet.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The changes behind a refresh or a run. All of them are listed up to {@value #LISTED}; past that the oldest and the
 * newest stay, so that no event outgrows a Kafka record, while {@link #count} goes on counting all, and {@link #batches}
 * lead to them. They bring the traces along that they stand in.
 */
public final class ChangeRefs {

    public static final int LISTED = 20;

    private static final ChangeRefs NONE = new ChangeRefs(List.of(), 0, new TreeSet<>(), Traces.none());
    private static final Comparator<ChangeRef> BY_AGE = Comparator.comparing(ChangeRef::changedAt)
            .thenComparing(ChangeRef::source)
            .thenComparing(ChangeRef::id);

    private final List<ChangeRef> listed;
    private final int count;
    private final SortedSet<Long> batches;
    private final Traces traces;

    private ChangeRefs(List<ChangeRef> listed, int count, SortedSet<Long> batches, Traces traces) {
        this.listed = listed;
        this.count = count;
        this.batches = Collections.unmodifiableSortedSet(batches);
        this.traces = traces;
    }

    public static ChangeRefs none() {
        return NONE;
    }

    public static ChangeRefs of(ChangeRef... causes) {
        return of(Arrays.asList(causes));
    }

    /** One cause per identity. */
    public static ChangeRefs of(Collection<ChangeRef> causes) {
        var distinct = new LinkedHashMap<String, ChangeRef>();
        causes.forEach(cause -> distinct.putIfAbsent(cause.source() + '\0' + cause.id(), cause));
        return new ChangeRefs(ends(distinct.values()), distinct.size(), new TreeSet<>(), Traces.none());
    }

    /** As they were written: some of them by name, and how many they are. */
    public static ChangeRefs of(List<ChangeRef> listed, int count) {
        var named = ends(listed);
        return new ChangeRefs(named, Math.max(count, named.size()), new TreeSet<>(), Traces.none());
    }

    /** The same, in these traces. */
    public ChangeRefs in(Traces traces) {
        return new ChangeRefs(listed, count, batches, traces);
    }

    /** The same, as the changes of this batch. */
    public ChangeRefs inBatch(long batch) {
        return new ChangeRefs(listed, count, new TreeSet<>(List.of(batch)), traces);
    }

    /** The oldest first. */
    public List<ChangeRef> listed() {
        return listed;
    }

    public int count() {
        return count;
    }

    /** Numbers of the batches that they are in. */
    public SortedSet<Long> batches() {
        return batches;
    }

    /** The first is that of the oldest change. */
    public Traces traces() {
        return traces;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** When the oldest of the changes was made. */
    public Optional<Instant> earliest() {
        return listed.stream().findFirst().map(ChangeRef::changedAt);
    }

    /** These and those of other batches. */
    public ChangeRefs and(ChangeRefs others) {
        var listedOfBoth = new ArrayList<>(listed);
        listedOfBoth.addAll(others.listed);
        var batchesOfBoth = new TreeSet<>(batches);
        batchesOfBoth.addAll(others.batches);
        return new ChangeRefs(
                ends(listedOfBoth),
                sum(count, others.count),
                batchesOfBoth,
                isOlderThan(others) ? traces.and(others.traces) : others.traces.and(traces));
    }

    private boolean isOlderThan(ChangeRefs others) {
        return earliest()
                .map(mine -> others.earliest().filter(mine::isAfter).isEmpty())
                .orElse(false);
    }

    /** A count may come from outside, and may be any. */
    private static int sum(int one, int other) {
        return (int) Math.min((long) one + other, Integer.MAX_VALUE);
    }

    private static List<ChangeRef> ends(Collection<ChangeRef> causes) {
        var sorted = causes.stream().sorted(BY_AGE).toList();
        if (sorted.size() <= LISTED) {
            return sorted;
        }
        var ends = new ArrayList<>(sorted.subList(0, LISTED / 2));
        ends.addAll(sorted.subList(sorted.size() - LISTED / 2, sorted.size()));
        return List.copyOf(ends);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChangeRefs that
                && count == that.count
                && listed.equals(that.listed)
                && batches.equals(that.batches)
                && traces.equals(that.traces);
    }

    @Override
    public int hashCode() {
        return 31 * count + listed.hashCode();
    }

    @Override
    public String toString() {
        return count + " changes " + listed;
    }
}
