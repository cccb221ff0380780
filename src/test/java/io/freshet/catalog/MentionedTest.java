package io.freshet.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.freshet.event.LeftOut;
import io.freshet.mode.Dataset;
import io.freshet.tables.SqlTables;
import io.freshet.tables.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MentionedTest {

    private static final Dataset ORDERS = dataset("d1");
    private static final Dataset RETURNS = dataset("d2");
    private static final Dataset DYNAMIC = dataset("d3");
    private static final Dataset UNKNOWN = dataset("d4");
    private static final List<Dataset> LISTED = List.of(ORDERS, RETURNS, DYNAMIC, UNKNOWN);
    private static final Map<Dataset, SqlTables> SQL = Map.of(
            ORDERS, SqlTables.of("select * from core.orders join core.customers using (id)"),
            RETURNS, SqlTables.of("select * from core.returns"),
            DYNAMIC, SqlTables.of("select * from {{ table }}"));

    private static Dataset dataset(String token) {
        return new Dataset(
                token,
                token,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of("5a1d"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Mentioned of(String... tables) {
        return Mentioned.of(
                LISTED,
                Stream.of(tables)
                        .map(name -> TableName.parse(name).orElseThrow())
                        .toList(),
                dataset -> SQL.getOrDefault(dataset, SqlTables.unreadable()));
    }

    @Test
    void shouldLeaveOutWhatMentionsNoneOfTheTables() {
        var mentioned = of("core.orders", "core.stock");

        assertThat(mentioned.datasets()).containsExactly(ORDERS, DYNAMIC, UNKNOWN);
        assertThat(mentioned.leftOut()).containsExactly(LeftOut.dataset("d2", "not_mentioned"));
    }

    @Test
    void shouldSayWhyADatasetIsIn() {
        assertThat(of("core.returns", "core.customers").why())
                .contains(
                        entry("d1", "mentions core.customers"),
                        entry("d2", "mentions core.returns"),
                        entry("d4", "its SQL can't be read"))
                .containsKey("d3");
    }

    @Test
    void shouldTakeAllThatAreListedWithoutAReasonWhereNobodyAsks() {
        var all = Mentioned.all(LISTED);

        assertThat(all.datasets()).isEqualTo(LISTED);
        assertThat(all.why()).isEmpty();
        assertThat(all.leftOut()).isEmpty();
    }
}
