package io.freshet.lineage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last namespaces of one workspace that were no data source's. Safe for several threads. */
public final class UnmatchedNamespaces {

    static final int MOST = 100;

    private final Map<String, UnmatchedNamespace> all = new LinkedHashMap<>();

    public void addAll(Collection<TableName> tables, Instant now, Collection<SourceAddress> sources) {
        tables.forEach(table -> add(table, now, sources));
    }

    synchronized void add(TableName table, Instant now, Collection<SourceAddress> sources) {
        var before = all.remove(table.namespace());
        var count = before == null ? 1 : before.count() + 1;
        var nearest = NearestSource.to(table, sources);
        all.put(table.namespace(), new UnmatchedNamespace(table.namespace(), table.name(), count, now, nearest));
        if (all.size() > MOST) {
            all.remove(all.keySet().iterator().next());
        }
    }

    /** The last one first. */
    public synchronized List<UnmatchedNamespace> list() {
        var list = new ArrayList<>(all.values());
        Collections.reverse(list);
        return List.copyOf(list);
    }
}
