package io.freshet.lineage;

import java.util.List;

/**
 * A dataset that a run writes.
 *
 * @param names under which it may be known, the best first: a file's own name says less than that of its table
 */
public record Output(List<TableName> names) {

    public Output {
        names = List.copyOf(names);
    }

    int bytes() {
        return names.stream().mapToInt(TableName::bytes).sum();
    }
}
