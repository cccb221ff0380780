package io.freshet.event;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One "upstream data changed" event, or one "refresh this report", after it was judged.
 *
 * @param account the workspace
 * @param target what changed, or which report is to be refreshed
 * @param tables which tables of the data source changed, as the change spells them; none where it doesn't say
 * @param ref its identity, time and reason
 * @param traces in which traces it stands
 * @param place where its record lies
 */
public record Change(
        String account, Target target, SortedSet<String> tables, ChangeRef ref, Traces traces, RecordPlace place) {

    /** What objects, times and the places in tables come to. */
    private static final int BYTES = 600;

    private static final int BYTES_OF_A_NAME = 100;

    public Change {
        tables = tables.isEmpty()
                ? Collections.emptySortedSet()
                : Collections.unmodifiableSortedSet(new TreeSet<>(tables));
    }

    /** One that names no tables. */
    public Change(String account, Target target, ChangeRef ref, Traces traces, RecordPlace place) {
        this(account, target, Collections.emptySortedSet(), ref, traces, place);
    }

    /** About how much memory it takes while it is open, in bytes. */
    public int bytes() {
        var reason = ref.reason() == null ? 0 : ref.reason().length();
        var letters = ref.source().length()
                + ref.id().length()
                + reason
                + tables.stream().mapToInt(String::length).sum();
        return BYTES + 2 * letters + BYTES_OF_A_NAME * (target.size() + tables.size());
    }

    /** Whether all others go first. The reason of a refresh that somebody asked for is not interpreted. */
    public boolean isBackfill() {
        return ref.isBackfill() && target.report().isEmpty();
    }
}
