package io.freshet.api.admin;

import io.freshet.lineage.SourceAddress;
import io.freshet.lineage.UnmatchedNamespace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A namespace of OpenLineage that is no data source's, as the API spells it.
 *
 * @param example the name of a dataset there
 * @param count how many outputs it had since this replica owns the workspace
 * @param nearest the data source that it resembles most; absent if there is none
 */
record UnmatchedView(
        String namespace,
        String example,
        long count,
        Instant lastAt,
        @Nullable Source nearest) {

    record Source(String token, String name, String adapter, String host, String database) {
        static Source of(SourceAddress address) {
            return new Source(address.token(), address.name(), address.adapter(), address.host(), address.database());
        }
    }

    static UnmatchedView of(UnmatchedNamespace one) {
        return new UnmatchedView(
                one.namespace(),
                one.example(),
                one.count(),
                one.lastAt(),
                one.nearest().map(Source::of).orElse(null));
    }
}
