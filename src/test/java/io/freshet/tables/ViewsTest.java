package io.freshet.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ViewsTest {

    private static final Views VIEWS = new Views(Map.of(
            table("mart.sales"), tables("core.orders", "core.customers"),
            table("mart.top"), tables("mart.sales"),
            table("mart.a"), tables("mart.b", "core.rates"),
            table("mart.b"), tables("mart.a")));

    @Test
    void shouldCountAChangeOfATableAsOneOfEachViewThatReadsIt() {
        assertThat(VIEWS.withViews(tables("core.orders"))).isEqualTo(tables("core.orders", "mart.sales", "mart.top"));
        assertThat(VIEWS.withViews(tables("core.parcels"))).isEqualTo(tables("core.parcels"));
        assertThat(VIEWS.withViews(Set.of())).isEmpty();
    }

    @Test
    void shouldTakeNamesForTheSameWhereNothingSaysThatTheyDiffer() {
        assertThat(VIEWS.withViews(tables("prod.CORE.Orders"))).contains(table("mart.top"));
        assertThat(VIEWS.withViews(tables("orders"))).contains(table("mart.top"));
        assertThat(VIEWS.withViews(tables("web.orders"))).isEqualTo(tables("web.orders"));
    }

    @Test
    void shouldNotTurnInCircles() {
        assertThat(VIEWS.withViews(tables("core.rates"))).isEqualTo(tables("core.rates", "mart.a", "mart.b"));
        assertThat(VIEWS.withViews(tables("mart.b"))).isEqualTo(tables("mart.b", "mart.a"));
    }

    private static Set<TableName> tables(String... names) {
        return Stream.of(names).map(ViewsTest::table).collect(Collectors.toSet());
    }

    private static TableName table(String name) {
        return TableName.parse(name).orElseThrow();
    }
}
