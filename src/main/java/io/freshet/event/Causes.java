package io.freshet.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The changes behind a refresh or a run. All of them are listed up to {@value #LISTED}; past that the oldest and the
 * newest stay, so that no event outgrows a Kafka record, while {@link #count} and {@link #identities} go on knowing all.
 */
public final class Causes {

    public static final int LISTED = 200;

    private static final Causes NONE = new Causes(List.of(), 0, Identities.none());
    private static final Comparator<Cause> BY_AGE =
            Comparator.comparing(Cause::changedAt).thenComparing(Cause::source).thenComparing(Cause::id);

    private final List<Cause> listed;
    private final int count;
    private final Identities identities;

    private Causes(List<Cause> listed, int count, Identities identities) {
        this.listed = listed;
        this.count = count;
        this.identities = identities;
    }

    public static Causes none() {
        return NONE;
    }

    public static Causes of(Cause... causes) {
        return of(Arrays.asList(causes));
    }

    /** One cause per identity. */
    public static Causes of(Collection<Cause> causes) {
        var distinct = new LinkedHashMap<String, Cause>();
        causes.forEach(cause -> distinct.putIfAbsent(cause.source() + '\0' + cause.id(), cause));
        return new Causes(ends(distinct.values()), distinct.size(), Identities.of(distinct.values()));
    }

    /** As they were written: some of them by name, and how many they are. */
    public static Causes of(List<Cause> listed, int count, Identities identities) {
        var named = ends(listed);
        return new Causes(named, Math.max(count, named.size()), identities.and(Identities.of(named)));
    }

    /** The oldest first. */
    public List<Cause> listed() {
        return listed;
    }

    public int count() {
        return count;
    }

    public Identities identities() {
        return identities;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Whether each of them is a backfill, as far as they are listed. */
    public boolean areBackfill() {
        return !listed.isEmpty() && listed.stream().allMatch(Cause::isBackfill);
    }

    /** When the oldest of the changes was made. */
    public Optional<Instant> earliest() {
        return listed.stream().findFirst().map(Cause::changedAt);
    }

    /** Both; a change that is in both counts once. */
    public Causes and(Causes others) {
        var news = others.without(identities);
        if (news.isEmpty()) {
            return this;
        }
        var all = new ArrayList<>(listed);
        all.addAll(news.listed);
        return new Causes(ends(all), sum(count, news.count), identities.and(news.identities));
    }

    /** These but for the known ones. */
    public Causes without(Identities known) {
        var rest = identities.without(known);
        if (rest.size() == identities.size()) {
            return this;
        }
        if (rest.size() == 0) {
            return NONE;
        }
        var named = listed.stream().filter(cause -> !known.contains(cause)).toList();
        return new Causes(named, Math.max(named.size(), count - (identities.size() - rest.size())), rest);
    }

    /** A count may come from outside, and may be any. */
    private static int sum(int one, int other) {
        return (int) Math.min((long) one + other, Integer.MAX_VALUE);
    }

    private static List<Cause> ends(Collection<Cause> causes) {
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
        return other instanceof Causes that
                && count == that.count
                && listed.equals(that.listed)
                && identities.equals(that.identities);
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
