package io.freshet.catalog;

import io.freshet.event.ReportKey;
import io.freshet.tables.DatasetSql;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Where what is known of the SQL of datasets outlives this replica. */
public interface SqlStore {

    /**
     * Ends when it is saved.
     *
     * @param sql empty if the dataset is gone
     */
    Uni<Void> keep(ReportKey dataset, Optional<DatasetSql> sql);
}
