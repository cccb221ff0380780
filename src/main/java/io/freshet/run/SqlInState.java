package io.freshet.run;

import io.freshet.catalog.SqlStore;
import io.freshet.event.ReportKey;
import io.freshet.ledger.Ledger;
import io.freshet.ledger.LedgerEntry;
import io.freshet.tables.DatasetSql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What is known of the SQL of datasets is in the state of their workspace. */
@ApplicationScoped
class SqlInState implements SqlStore {

    private final Ledger ledger;

    SqlInState(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Uni<Void> keep(ReportKey dataset, Optional<DatasetSql> sql) {
        return ledger.enter(List.of(new LedgerEntry.SqlKept(dataset, sql))).replaceWithVoid();
    }
}
