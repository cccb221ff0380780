package io.freshet.catalog;

import io.freshet.event.DisplayName;
import io.freshet.mode.Dataset;
import io.freshet.mode.FullReport;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * On which data sources datasets have been listed. Mode tells that in the listing of a data source only, and whether a dataset is
 * run before its reports depends on it also where it is named otherwise. Nothing is known after a start: see {@link
 * DecisiveSources}. Safe for several threads.
 */
final class DataSourcesSeen {

    private static final int MOST = 100_000;

    private final Set<String> listed = new HashSet<>();

    private final Map<String, String> byDataset = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    /** What Mode has shown of the data source. */
    synchronized void listed(String account, String source, Collection<Dataset> datasets) {
        listed.add(account + "/" + source);
        datasets.forEach(dataset -> byDataset.put(account + "/" + dataset.token(), source));
    }

    synchronized boolean isListed(String account, String source) {
        return listed.contains(account + "/" + source);
    }

    Map<String, DatasetRow> rows(String account, Collection<Dataset> datasets) {
        var rows = new HashMap<String, DatasetRow>();
        for (var dataset : datasets) {
            dataset.dataSource().ifPresent(source -> listed(account, source, List.of(dataset)));
            rows.put(dataset.token(), DatasetRow.of(dataset).on(find(account, dataset.token())));
        }
        return rows;
    }

    /** One report, and these of its datasets, which Mode wasn't asked for. */
    Usages ofReport(String account, String report, SortedSet<String> datasets, Map<String, String> names) {
        if (datasets.contains(report)) {
            return Usages.ofDataset(report, DatasetRow.UNKNOWN.on(find(account, report)), names);
        }
        var rows = new HashMap<String, DatasetRow>();
        datasets.forEach(token -> rows.put(token, DatasetRow.UNKNOWN.on(find(account, token))));
        return Usages.ofReport(report, datasets, rows, names);
    }

    /** With all that it imports; or the dataset, which may be asked for as a report may. */
    Usages ofReport(String account, FullReport report) {
        var names = new HashMap<String, String>();
        DisplayName.of(report.name(), report.token()).ifPresent(name -> names.put(report.token(), name));
        if (report.isDataset()) {
            var row = new DatasetRow(
                    find(account, report.token()), report.expectedRuntime(), Optional.empty(), Optional.empty());
            return Usages.ofDataset(report.token(), row, names);
        }
        return ofReport(
                account, report.token(), report.importedDatasets().orElseGet(Collections::emptySortedSet), names);
    }

    synchronized Optional<String> find(String account, String dataset) {
        return Optional.ofNullable(byDataset.get(account + "/" + dataset));
    }
}
