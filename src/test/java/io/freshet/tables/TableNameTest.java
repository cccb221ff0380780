package io.freshet.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "orders                      |             |          | orders",
                "core.orders                 |             | core     | orders",
                "PROD.Core.ORDERS            | prod        | core     | orders",
                "\"PROD\".\"CORE\".\"ORDERS\"| prod        | core     | orders",
                "`acme-prod`.`core`.`orders` | acme-prod   | core     | orders",
                "`acme-prod.core.orders`     | acme-prod   | core     | orders",
                "acme-prod.`core.orders`     | acme-prod   | core     | orders",
                "\"prod.core.orders\"        | prod        | core     | orders",
                "acme-prod:core.orders       | acme-prod   | core     | orders",
                "[Prod].[dbo].[Order Items]  | prod        | dbo      | order items",
                "dbo.[a]]b]                  |             | dbo      | a]b",
                "core.\"a\"\"b\"             |             | core     | a\"b",
                "core.\"v1.orders\"          |             | core     | v1.orders",
                "prod..orders                | prod        |          | orders",
                "srv.prod.dbo.orders         | prod        | dbo      | orders",
                "core.orders$20260801        |             | core     | orders",
                "core.\"orders$partitions\"  |             | core     | orders",
                "core.orders@far.example.com |             | core     | orders",
                "  core . orders             |             | core     | orders",
            })
    void shouldReadNamesInTheQuotesOfAnyDialect(String text, String database, String schema, String name) {
        assertThat(TableName.parse(text))
                .contains(new TableName(Optional.ofNullable(database), Optional.ofNullable(schema), name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  ", ".", "core.", "\"\"", "core.\"orders", "[dbo", "`", "events_*", "core.*", "``.``"})
    void shouldReadNothingFromWhatIsNoName(String text) {
        assertThat(TableName.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"orders", "core.orders", "prod..orders", "p-1.core.orders", "a.b.\"x.\"\"y\"\"\"", "\"ü b\".c"})
    void shouldBeShownAsItIsRead(String text) {
        var table = TableName.parse(text).orElseThrow();

        assertThat(table).hasToString(text);
        assertThat(TableName.parse(table.toString())).contains(table);
    }

    @Test
    void shouldBeAnotherTableOnlyIfWhatIsKnownOfBothDiffers() {
        var whole = table("prod.core.orders");

        assertThat(whole.mayBe(table("CORE.ORDERS"))).isTrue();
        assertThat(whole.mayBe(table("orders"))).isTrue();
        assertThat(table("prod..orders").mayBe(whole)).isTrue();
        assertThat(table("spark_catalog.core.orders").mayBe(table("hive_metastore.core.orders")))
                .isTrue();
        assertThat(whole.mayBe(table("test.core.orders"))).isFalse();
        assertThat(whole.mayBe(table("mart.orders"))).isFalse();
        assertThat(whole.mayBe(table("order"))).isFalse();
        assertThat(whole.nameOnly()).isEqualTo(table("orders"));
    }

    private static TableName table(String name) {
        return TableName.parse(name).orElseThrow();
    }
}
