package io.freshet.catalog;

import io.freshet.event.LeftOut;
import io.freshet.mode.Dataset;
import io.freshet.tables.SqlTables;
import io.freshet.tables.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which datasets of a listing a change is for.
 *
 * @param why it is for them, by token; of none if it is for all that are listed
 * @param leftOut those that it isn't for
 */
record Mentioned(List<Dataset> datasets, Map<String, String> why, List<LeftOut> leftOut) {

    Mentioned {
        datasets = List.copyOf(datasets);
        why = Map.copyOf(why);
        leftOut = List.copyOf(leftOut);
    }

    static Mentioned all(List<Dataset> listed) {
        return new Mentioned(listed, Map.of(), List.of());
    }

    /** @param sql of a dataset; unreadable if it isn't known */
    static Mentioned of(List<Dataset> listed, Collection<TableName> tables, Function<Dataset, SqlTables> sql) {
        var inOrder = tables.stream()
                .sorted(Comparator.comparing(TableName::toString))
                .toList();
        var datasets = new ArrayList<Dataset>();
        var why = new HashMap<String, String>();
        var leftOut = new ArrayList<LeftOut>();
        for (var dataset : listed) {
            var text = sql.apply(dataset);
            inOrder.stream()
                    .flatMap(table -> text.mentions(table).stream())
                    .findFirst()
                    .ifPresentOrElse(
                            because -> {
                                datasets.add(dataset);
                                why.put(dataset.token(), because);
                            },
                            () -> leftOut.add(LeftOut.dataset(dataset.token(), LeftOut.NOT_MENTIONED)));
        }
        return new Mentioned(datasets, why, leftOut);
    }
}
