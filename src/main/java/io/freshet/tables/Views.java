package io.freshet.tables;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What views read, as far as somebody has said so: SQL that mentions a view doesn't mention its tables. */
public final class Views {

    private record View(TableName name, TableName reads) {}

    private final Map<String, List<View>> byReadName = new HashMap<>();

    /** From each view to what it reads: tables, and other views. */
    public Views(Map<TableName, ? extends Collection<TableName>> reads) {
        reads.forEach((view, tables) -> tables.forEach(table -> byReadName
                .computeIfAbsent(table.name(), missing -> new ArrayList<>())
                .add(new View(view, table))));
    }

    /** These tables, and each view that reads one of them, by way of other views, too. */
    public Set<TableName> withViews(Set<TableName> changed) {
        var all = new LinkedHashSet<>(changed);
        var open = new ArrayDeque<>(changed);
        while (!open.isEmpty()) {
            var table = open.remove();
            for (var view : byReadName.getOrDefault(table.name(), List.of())) {
                if (view.reads().mayBe(table) && all.add(view.name())) {
                    open.add(view.name());
                }
            }
        }
        return all;
    }
}
