package io.freshet.catalog;

import io.freshet.event.LeftOut;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Leaves out what is not to be run. A report may be run if it is included, or one of the affected datasets that it uses is;
 * with all of these but the excluded ones.
 *
 * @param included what may be run; absent if all may
 * @param excluded what may not
 */
record RunFilter(boolean isShadow, Optional<Members> included, Members excluded) {

    private static final String EXCLUDED = "excluded";
    private static final String SHADOW = "shadow";

    /** Things by their tokens. */
    record Members(Set<String> datasets, Set<String> reports) {
        static final Members NONE = new Members(Set.of(), Set.of());

        Members {
            datasets = Set.copyOf(datasets);
            reports = Set.copyOf(reports);
        }
    }

    Usages apply(Usages usages) {
        var allowed = allowed(usages);
        var kept = new TreeMap<String, SortedSet<String>>();
        var going = new TreeSet<String>();
        var leftOut = new ArrayList<LeftOut>();
        usages.reportsByDataset().forEach((dataset, reports) -> {
            if (excluded.datasets().contains(dataset)) {
                leftOut.add(LeftOut.dataset(dataset, EXCLUDED));
            } else {
                var those = new TreeSet<>(reports);
                those.retainAll(allowed);
                going.addAll(those);
                kept.put(dataset, those);
            }
        });
        all(usages).stream()
                .filter(report -> !going.contains(report))
                .forEach(report -> leftOut.add(leftOut(usages, report, EXCLUDED)));
        if (isShadow) {
            kept.replaceAll((dataset, reports) -> new TreeSet<>());
            going.forEach(report -> leftOut.add(leftOut(usages, report, SHADOW)));
        }
        return usages.but(kept, leftOut);
    }

    private static LeftOut leftOut(Usages usages, String token, String reason) {
        return usages.isAskedFor(token) ? LeftOut.dataset(token, reason) : LeftOut.report(token, reason);
    }

    private static SortedSet<String> all(Usages usages) {
        var all = new TreeSet<String>();
        usages.reportsByDataset().values().forEach(all::addAll);
        return all;
    }

    private SortedSet<String> allowed(Usages usages) {
        var allowed = new TreeSet<String>();
        usages.reportsByDataset().forEach((dataset, reports) -> reports.stream()
                .filter(report -> isIncluded(dataset, report))
                .forEach(allowed::add));
        allowed.removeAll(excluded.reports());
        return allowed;
    }

    private boolean isIncluded(String dataset, String report) {
        return included.map(members -> members.datasets().contains(dataset)
                        || members.reports().contains(report))
                .orElse(true);
    }
}
