package io.freshet.lineage;

import java.util.List;
import java.util.Optional;

/**
 * What somebody has said of a namespace.
 *
 * @param name of the datasets that it is about; empty for all
 * @param account whose data sources these are; empty for those that are of no concern in any workspace
 * @param dataSources tokens; none where the datasets are of no concern
 */
public record LineageMapping(Glob namespace, Optional<Glob> name, Optional<String> account, List<String> dataSources) {

    public LineageMapping {
        dataSources = List.copyOf(dataSources);
    }

    boolean isAbout(TableName table) {
        return namespace.matches(table.namespace())
                && (table.isAny()
                        || name.filter(glob -> !glob.matches(table.name())).isEmpty());
    }

    boolean isFor(String workspace) {
        return account.filter(one -> !one.equals(workspace)).isEmpty();
    }
}
