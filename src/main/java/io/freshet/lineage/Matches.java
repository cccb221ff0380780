package io.freshet.lineage;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whose tables a run has written.
 *
 * @param bySource by the tokens of data sources
 * @param unmatched outputs that are no data source's, by their own names
 */
public record Matches(SortedMap<String, Written> bySource, List<TableName> unmatched) {

    public Matches {
        bySource = Collections.unmodifiableSortedMap(new TreeMap<>(bySource));
        unmatched = List.copyOf(unmatched);
    }

    /**
     * What was written on one data source.
     *
     * @param outputs by the names that OpenLineage has for them
     * @param tables as queries may name them; empty where that can't be said of all of them
     */
    public record Written(SortedSet<String> outputs, SortedSet<String> tables) {
        public Written {
            outputs = Collections.unmodifiableSortedSet(new TreeSet<>(outputs));
            tables = Collections.unmodifiableSortedSet(new TreeSet<>(tables));
        }
    }

    /** @param queryNames by output; an absent one is that of an output which queries may name in any way */
    static Written written(Map<String, Optional<String>> queryNames) {
        var tables = new TreeSet<String>();
        queryNames.values().forEach(name -> name.ifPresent(tables::add));
        var isComplete = queryNames.values().stream().allMatch(Optional::isPresent);
        return new Written(new TreeSet<>(queryNames.keySet()), isComplete ? tables : Collections.emptySortedSet());
    }
}
