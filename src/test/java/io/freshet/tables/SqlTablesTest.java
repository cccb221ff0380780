package io.freshet.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTablesTest {

    private static final TableName ORDERS = table("prod.core.orders");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from orders",
                "select * from core.orders",
                "SELECT * FROM PROD.CORE.ORDERS o",
                "select * from\"prod\".\"core\".\"orders\"",
                "select * from [core].[orders]",
                "select * from srv.prod.core.orders",
                "select * from `prod.core.orders`",
                "select * from `prod`.core.`orders`",
                "select * from prod..orders",
                "select * from [prod:core.orders]",
                "select * from core . orders",
                "select * from core.\n  orders",
                "select * from core./* ours */orders",
                "select * from a, -- those of mart.\norders",
                "select 1. orders from x",
                "select * from .orders",
                "select 'mart.'orders from x",
                "select * from orders@far.example.com",
                "select * from core.orders$20260801",
                "select * from core.\"orders$partitions\"",
                "select * from table('core.orders')",
                "select * from identifier('CORE.ORDERS')",
                "select * from table_changes('core.orders', 3)",
                "select\\n*\\nfrom\\ncore.orders\\nwhere\\t1=1",
                "select * from\\u000acore.orders",
                "select * from x /*!50000union select * from y join*/ z /*!50000orders*/",
                "select * from `core.ord*`",
                "select * from `core`.`orders*`",
                "select * from `prod.core.*`",
                "select * from o\u0301rders",
                "select * from \u00f3rders",
                "select * from ord\u200bers",
                "select 'core.orders' from x",
                "select * from core\\x2eorders",
                "select * from `core\\056orders`",
                "select * from `core.or--*`",
                "select * from `*`",
                "{% if a %} select * from mart.orders {% else %} select * from core.orders {% endif %}",
                "with orders as (select * from orders) select * from orders",
                "select * from f('select 1 from core.ord' || 'ers')",
                "select * from f('select 1 from co'||'re.'||'orders')",
                "select * from f(N'select 1 from core.ord' + N'ers')",
                "select * from f(\"select 1 from core.ord\" & \"ers\")",
                "select * from f('select 1 from core.ord'\n  'ers')",
                "select * from f('select 1 from ' 'core.ord' 'ers')",
                "select * from f('ord' /* it's one */ || -- of 'two'\n ('er'::text) || '' || E's')",
                "select * from f('select 1 from' || ' ' || 'ord' || 'ers')",
                "select * from f('select 1 from ' || '' || 'ord' || '' || 'ers')",
                "select * from f('select ''x'' from ' || 'ord' || 'ers')",
                "select * from f('g(''ord'' || ''ers'')')",
                "select * from f('g(\\'ord\\' || \\'ers\\')')",
                "select * from f($$ord$$ || $$ers$$)",
                "select * from f('ord'\\n|| 'ers')",
                "select * from f(concat('select 1 from ', 'ord', 'ers')) where x in ('a', 'b')",
                "select * from f('select 1 from `core.ord' || '*`')",
                "-- it's\nselect * from f('ord' || 'ers') where x = ' ' and y = ''",
                "{% if a %} select * from f('ord' || 'ers') {% endif %}",
            })
    void shouldMentionATableHoweverItIsWritten(String sql) {
        assertThat(SqlTables.of(sql).mentions(ORDERS)).contains("mentions prod.core.orders");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from mart.orders",
                "select * from test.core.orders",
                "select * from \"mart\".\"orders\"",
                "select * from `test-prod.mart.orders`",
                "select * from reorders, orders2, orders_old, old_orders",
                "select o.orders from customers o",
                "select count(*) from customers where a = '{{ b }}' and c in ('{{ d }}', '{{ e }}')",
                "select * from customers {% if day %} where day > '{{ day }} 00:00' {% endif %} limit 5",
                "select * from `core.events_*` where x like '%.*'",
                "select call, c.call from call_centers c where call > 1",
                "select * from table(flatten(x)), identifiers i where i.table = 'a'",
                "select * from f('select 1 from mart.ord' || 'ers')",
                "select * from customers where a in ('ord', 'ers')",
                "select 'ord' as a, 'ers' as b, x || ' ' || y from customers",
                "select 'a' {% if b %}, 'c' {% else %}, 'd' {% endif %} from customers",
            })
    void shouldNotMentionWhatIsAnotherTable(String sql) {
        assertThat(SqlTables.of(sql).mentions(ORDERS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "execute immediate 'select * from ' || t",
                "exec dbo.report",
                "exec sp_executesql @sql",
                "-- all\nCALL report('x')",
                "select 1 from x;\tcall core.report",
                "begin call core.\"report\" (1); select 1 from x; end",
                "{% if a %}call report{% endif %} -- from",
                "/* from */ call report",
                "select * from table(to_query($sql))",
                "select * from dblink_fetch('a', 1) x",
                "select * from identifier -- one of them\n($t)",
                "select * from identifier/* */($t)",
                "select * from table -- one of them\n($t)",
                "select * from identifier($t)",
                "select * from identifier('co' || 're.x')",
                "select * from table($t)",
                "select * from table_date_range([core.a], x, y)",
                "select * from U&\"d\\0061t\"",
                "select * from ${t}",
                "select * from `core.ord\\x65rs`",
                "select * from `core.ord\\u0065rs`",
                "select * from `core.ord\\U00000065rs`",
                "select * from `core.ord\\145rs`",
                "select * from {{ t }}",
                "select * from core.{{ t }} x",
                "select * from table('{{ t }}')",
                "select * from t where x in (select id from {{ t }} where y = '')",
                "select '=' || x from {{ t }} where y = 'b'",
                "select * from ord{% if x %}ers{% endif %}",
                "select * from ord{% if x %} {% else %}ers{% endif %}",
                "select * from {% for x in y %}a{% endfor %}",
                "select * from ord{%- if x %}  {% endif -%}  ers",
                "select * from ord{{ @ending }}",
                "select * from `ord*{% if x %}`{% endif %}",
                "select * from `core.{% if x %}*{% endif %}`",
                "select * from `ord{{ @ending }}`",
                "select * from ord\\{% if x %}x65rs{% endif %}",
                "select * from {% for x in y %}ord{% break %} {% endfor %}ers",
                "select * from ord{# x #}ers",
                "select * from table {% if x %}($t){% endif %}",
                "select * from identifier{% if x %}($t){% endif %}",
                "select * from table(/* one of them */ $t)",
                "begin if x from y then call report{% if x %}(){% endif %}",
                "select * from crosstab('select a from ' || b)",
                "select schema_to_xml('core', true, true, '') from x",
                "select * from `l\\344nder`",
                "select * from `ord\\x2a`",
                "select * from identifier",
                "select * from {{ t",
                "select * from f('ord' || {% if a %}'ers'{% else %}'ons'{% endif %})",
                "select * from f({% if a %}'ord'{% endif %} || 'ers')",
                "select * from f('ord' {% if a %}|| 'ers'{% endif %})",
                "select * from f('ord' || {{ @ending }})",
                "select * from f({{ @beginning }} + 'ers')",
                "|| 'ers' from x",
                "select * from {% include 'x' %}",
                "select dbo.report(1)",
                "",
            })
    void shouldCountAsMentioningEverythingWhereNamesMayBeElsewhere(String sql) {
        assertThat(SqlTables.of(sql).mentions(ORDERS)).isPresent();
        assertThat(SqlTables.of(sql).mentions(table("anything"))).isPresent();
    }

    @Test
    void shouldMentionATableWhoseCatalogHasNoNameOfItsOwn() {
        assertThat(SqlTables.of("select * from spark_catalog.core.orders")
                        .mentions(table("hive_metastore.core.orders")))
                .isPresent();
        assertThat(SqlTables.of("select * from AwsDataCatalog.core.orders").mentions(ORDERS))
                .isPresent();
        assertThat(SqlTables.of("select * from other.core.orders").mentions(table("hive_metastore.core.orders")))
                .isPresent();
        assertThat(SqlTables.of("select * from spark_catalog.mart.orders").mentions(ORDERS))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"`core.day-*`", "`core`.`day-*`", "`core.da*`", "`p.core.*`", "`core.day-x*`"})
    void shouldMentionWhatAPatternFits(String pattern) {
        var sql = SqlTables.of("select * from " + pattern);

        assertThat(sql.mentions(table("core.`day-x1`"))).isPresent();
        assertThat(sql.mentions(table("mart.`week-y2`"))).isEmpty();
    }

    @Test
    void shouldFindPatternsThatEndInANumberAndSchemasWithADot() {
        assertThat(SqlTables.of("select * from `core.sales-20*`").mentions(table("core.`sales-2026`")))
                .isPresent();
        assertThat(SqlTables.of("select * from `core.2026-*`").mentions(table("core.`2026-x`")))
                .isPresent();
        assertThat(SqlTables.of("select * from db.\"a.b\".orders").mentions(table("db.\"a.b\".orders")))
                .isPresent();
        assertThat(SqlTables.of("select * from db.\"a.b\".orders").mentions(table("db.\"a.c\".orders")))
                .isEmpty();
    }

    @Test
    void shouldSayWhyInWordsForOperators() {
        assertThat(SqlTables.unreadable().mentions(ORDERS)).contains("its SQL can't be read");
        assertThat(SqlTables.of("begin EXECUTE  IMMEDIATE x; end").mentions(ORDERS))
                .contains("has dynamic SQL (EXECUTE IMMEDIATE)");
        assertThat(SqlTables.of("select * from {{ t }}").mentions(ORDERS))
                .contains("has a template that can stand for a table");
    }

    @Test
    void shouldMentionTablesWhoseNamesHaveSeveralWordsOrNone() {
        var sql = SqlTables.of("select * from [dbo].[Order Items], x.\"order-2026\", \"\uD83C\uDF55\", \"2026\"");

        assertThat(sql.mentions(table("dbo.[Order Items]"))).isPresent();
        assertThat(sql.mentions(table("x.\"order-2026\""))).isPresent();
        assertThat(sql.mentions(table("\"\uD83C\uDF55\""))).isPresent();
        assertThat(sql.mentions(table("\"2026\""))).isPresent();
        assertThat(sql.mentions(table("[Order Notes]"))).isEmpty();
    }

    @Test
    void shouldReadWhatDefinitionsSayAndWhatThoseUse() {
        var sql = SqlTables.of("select * from {{ @Paid as p }} join ({{@open}}) o on true");
        var known = Map.of(
                "paid", SqlTables.of("select * from {{ @all_orders }}"),
                "open", SqlTables.of("select\\n*\\nfrom\\nmart.bills"),
                "all_orders", SqlTables.of("select * from core.orders"));

        assertThat(sql.definitions()).isEqualTo(Set.of("paid", "open"));
        assertThat(sql.mentions(table("x"))).contains("uses definitions that can't be read");
        assertThat(sql.withDefinitions(known).mentions(ORDERS)).contains("mentions prod.core.orders");
        assertThat(sql.withDefinitions(known).mentions(table("mart.bills"))).isPresent();
        assertThat(sql.withDefinitions(known).mentions(table("x"))).isEmpty();
        assertThat(sql.withDefinitions(Map.of()).mentions(table("x")))
                .contains("uses the definition open, which is not known");
    }

    @Test
    void shouldReadDefinitionsTenLevelsDeepAndInCircles() {
        var chain = IntStream.range(0, 12)
                .boxed()
                .collect(Collectors.toMap(n -> "d" + n, n -> SqlTables.of("select * from {{ @d" + (n + 1) + " }}")));
        var ten = SqlTables.of("select * from {{ @d3 }}");
        var circle = Map.of("a", SqlTables.of("from {{ @b }}"), "b", SqlTables.of("from {{ @a }} join core.orders"));

        chain.put("d12", SqlTables.of("select * from core.orders"));

        assertThat(ten.withDefinitions(chain).mentions(ORDERS)).contains("mentions prod.core.orders");
        assertThat(SqlTables.of("from {{ @d2 }}").withDefinitions(chain).mentions(table("x")))
                .contains("has definitions in definitions, more than 10 levels deep");
        assertThat(SqlTables.of("from {{ @a }}").withDefinitions(circle).mentions(ORDERS))
                .contains("mentions prod.core.orders");
    }

    @Test
    void shouldCountAsDynamicBeyondTwentyThousandNames() {
        var names = IntStream.range(0, 20_001).mapToObj(n -> "n" + n).collect(Collectors.joining(","));
        var numbers = IntStream.range(0, 100_000).mapToObj(String::valueOf).collect(Collectors.joining(","));

        assertThat(SqlTables.of("select * from x where y in (" + names + ")").dynamic())
                .contains("has too many names");
        assertThat(SqlTables.of("select * from x where y in (" + numbers + ")").dynamic())
                .isEmpty();
    }

    @Test
    void shouldBeRebuiltFromItsParts() {
        var sql = SqlTables.of("select a.id, id from core.orders, `x.y_*`, {{ @d }} where p.core.orders.id = 1");

        assertThat(sql.names()).contains("\norders core p.core\n").contains("\nid\n");
        assertThat(sql.prefixes()).isEqualTo("y_ x\n");
        assertThat(new SqlTables(sql.names(), sql.prefixes(), sql.definitions(), sql.dynamic()))
                .isEqualTo(sql);
    }

    private static TableName table(String name) {
        return TableName.parse(name).orElseThrow();
    }
}
