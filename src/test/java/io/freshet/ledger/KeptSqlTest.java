package io.freshet.ledger;

import static io.freshet.ledger.Entries.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.freshet.event.ReportKey;
import io.freshet.tables.DatasetSql;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of the SQL of datasets outlives the replica that has read it. */
class KeptSqlTest {

    private static final ReportKey ORDERS = ReportKey.dataset("acme", "d1");
    private static final ReportKey RETURNS = ReportKey.dataset("acme", "d2");
    private static final DatasetSql READ =
            DatasetSql.of("5a1d", NOON, "select * from {{ @paid }} join core.orders, raw.\"events_*\"");
    private static final DatasetSql READ_AGAIN = DatasetSql.of("5a1d", NOON.plusSeconds(1), "select 1 from other");

    private final CommittedStore store = new CommittedStore();

    private void keep(ReportKey dataset, Optional<DatasetSql> sql) {
        store.commit(new LedgerEntry.SqlKept(dataset, sql));
    }

    @Test
    void shouldBeReadBack() {
        keep(ORDERS, Optional.of(READ));
        keep(RETURNS, Optional.of(READ));
        keep(ORDERS, Optional.of(READ_AGAIN));

        assertThat(store.keys()).containsExactly("acme/tables/d2", "acme/tables/d1");
        assertThat(store.image().sql()).containsOnly(entry(ORDERS, READ_AGAIN), entry(RETURNS, READ));
    }

    @Test
    void shouldGoWithItsDataset() {
        keep(ORDERS, Optional.of(READ));

        keep(ORDERS, Optional.empty());

        assertThat(store.keys()).isEmpty();
        assertThat(store.image().sql()).isEmpty();
    }

    @Test
    void shouldBeNoStateOfTheDatasetItself() {
        keep(ORDERS, Optional.of(READ));

        assertThat(store.image().reports()).isEmpty();
        assertThat(store.restart()).isEmpty();
    }
}
