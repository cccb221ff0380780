package io.freshet.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which data source a dataset of OpenLineage is on, for the names that its integrations really write. */
class MatchTablesTest {

    private static final LineageMappings NONE = new LineageMappings(List.of());

    private static SourceAddress source(
            String token, String adapter, @Nullable String host, @Nullable Integer port, @Nullable String database) {
        return new SourceAddress(
                token,
                token,
                "jdbc:" + adapter,
                host == null ? "" : host,
                port == null ? OptionalInt.empty() : OptionalInt.of(port),
                database == null ? "" : database,
                "");
    }

    private static Outputs outputs(String... namespacesAndNames) {
        var all = new ArrayList<Output>();
        for (var at = 0; at < namespacesAndNames.length; at += 2) {
            all.add(new Output(List.of(new TableName(namespacesAndNames[at], namespacesAndNames[at + 1]))));
        }
        return Outputs.of(all);
    }

    private static Matches match(LineageMappings mappings, Outputs outputs, SourceAddress... sources) {
        return new MatchTables(mappings).match("acme", outputs, List.of(sources), token -> false);
    }

    private static Optional<SortedSet<String>> tables(Matches matches, String token) {
        return Optional.ofNullable(matches.bySource().get(token)).map(Matches.Written::tables);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // adapter | host | port | database | namespace | name | as queries name it
                "postgresql | db.acme.example | 5432 | shop | postgres://db.acme.example:5432 | shop.public.orders | shop.public.orders",
                "postgresql | DB.Acme.Example | 5432 | Shop | POSTGRES://db.acme.EXAMPLE:5432 | SHOP.Public.\"Orders\" | shop.public.orders",
                "postgresql | db | 5432 | shop | postgresql://db | shop.public.orders | shop.public.orders",
                "postgresql | db | 6432 | shop | postgres://db:5432 | shop.public.orders | shop.public.orders",
                "postgresql | db | 5432 | shop | postgres://db:None | shop.public.orders | shop.public.orders",
                "postgresql | db | - | shop | postgres://db:6432 | shop.public.orders | shop.public.orders",
                "postgresql | h2 | 5432 | shop | postgres://h1:5432,h2:5432 | shop.public.orders | shop.public.orders",
                "postgresql | db | 5432 | - | postgres://db:5432 | shop.public.orders | shop.public.orders",
                "postgresql | db | 5432 | shop | postgres://loader@db:5432 | shop.public.orders | shop.public.orders",
                "postgresql | db | 5432 | shop | postgres://db:5432 | shop.orders | orders",
                "postgresql | db | 5432 | shop | postgres://db:5432 | public.orders | public.orders",
                "mysql | h | 3306 | shop | mysql://h:3306 | shop.orders | shop.orders",
                "mysql | h2 | 3306 | - | mysql://h1:3306,h2:3306 | shop.orders | shop.orders",
                "oracle | h | 1521 | - | oracle://h:1521 | svc.sales.orders | svc.sales.orders",
                "oracle | h2 | 1521 | - | oracle://h1:1521,h2:1521 | svc.sales.orders | svc.sales.orders",
                "trino | trino.acme.example | 443 | hive | trino://trino.acme.example:8080 | hive.web.events | hive.web.events",
                "presto | trino | 8080 | - | trino://trino:8080 | hive.web.events | hive.web.events",
                "teradata | td | 1025 | - | teradata://td:1025 | dwh.orders | dwh.orders",
                "sqlserver | h | 1433 | shop | mssql://h:1433 | shop.dbo.orders | shop.dbo.orders",
                "sqlserver | h | 1433 | shop | sqlserver://h | stage.dbo.orders | stage.dbo.orders",
                "sqlserver | h | 1433 | shop | sqlserver://h:1433 | dbo.orders | dbo.orders",
                "sqlserver | h | 1433 | shop | mssql://h:1433 | shop..orders | shop..orders",
                "redshift | main.abc123.eu-west-1.redshift.amazonaws.com | 5439 | dwh | redshift://main.eu-west-1:5439 | dwh.core.orders | dwh.core.orders",
                "redshift | main.abc123.eu-west-1.redshift.amazonaws.com | 5439 | dwh | redshift://main.abc123.eu-west-1.redshift.amazonaws.com:5439 | dwh.core.orders | dwh.core.orders",
                "redshift | dwh.acme.example | 1111 | dwh | redshift://dwh.acme.example:1111 | dwh.core.orders | dwh.core.orders",
                "snowflake | acme-prod.snowflakecomputing.com | 443 | ANALYTICS | snowflake://acme-prod | ANALYTICS.CORE.orders | analytics.core.orders",
                "snowflake | https://acme-prod.snowflakecomputing.com/ | - | - | snowflake://acme-prod.snowflakecomputing.com | \"poc\".\"perf\".\"daily\" | poc.perf.daily",
                "snowflake | acme_prod.snowflakecomputing.com | - | - | snowflake://ACME-PROD | A.B.C | a.b.c",
                "snowflake | acme-prod.privatelink.snowflakecomputing.com | - | - | snowflake://acme-prod | A.B.C | a.b.c",
                "snowflake | xy12345.us-east-1.snowflakecomputing.com | - | - | snowflake://xy12345.us-east-1.aws | A.B.C | a.b.c",
                "snowflake | xy12345.us-east-1.snowflakecomputing.com | - | - | snowflake://xy12345.us-east-1 | A.B.C | a.b.c",
                "snowflake | xy12345.us-east-1.aws | - | - | snowflake://xy12345.us-east-1 | A.B.C | a.b.c",
                "snowflake | xy12345 | - | - | snowflake://xy12345.us-west-1.aws | A.B.C | a.b.c",
                "snowflake | xy12345.us-west-2.aws | - | - | snowflake://xy12345 | A.B.C | a.b.c",
                "bigquery | acme-data | - | default | bigquery | acme-data.shop.orders | acme-data.shop.orders",
                "bigquery | - | - | acme-data | bigquery | acme-data.shop.orders | acme-data.shop.orders",
                "bigquery | https://www.googleapis.com/bigquery/v2 | 443 | default | bigquery | other.shop.orders | other.shop.orders",
                "spark | adb-1.22.azuredatabricks.net | 443 | - | spark://adb-1.22.azuredatabricks.net:443 | main.shop.orders | main.shop.orders",
                "spark | adb-1.22.azuredatabricks.net | 443 | default | databricks://adb-1.22.azuredatabricks.net | main.shop.orders | main.shop.orders",
                "databricks | adb-1.22.azuredatabricks.net | 443 | - | unitycatalog://adb-1.22.azuredatabricks.net | main.shop.orders | main.shop.orders",
                "spark | adb-1.22.azuredatabricks.net | 443 | - | unity-catalog | main.shop.orders | main.shop.orders",
                "athena | athena.eu-west-1.amazonaws.com | 443 | - | awsathena://athena.eu-west-1.amazonaws.com | awsdatacatalog.shop.orders | awsdatacatalog.shop.orders",
                "athena | eu-west-1 | - | - | arn:aws:glue:eu-west-1:123456789012 | table/shop/orders | shop.orders",
                "druid | h | 8082 | - | druid://h:8082 | wiki | wiki",
                "hive | h | 10000 | default | hive://h:10000 | web.events | web.events",
                "vertica | h | 5433 | dwh | vertica://h:5433 | web.events | web.events",
            })
    void shouldFindTheDataSource(
            String adapter, String host, Integer port, String database, String namespace, String name, String query) {
        var matches = match(NONE, outputs(namespace, name), source("d1", adapter, host, port, database));

        assertThat(matches.unmatched()).isEmpty();
        assertThat(tables(matches, "d1"))
                .hasValueSatisfying(tables -> assertThat(tables).containsExactly(query));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "postgresql | db | 5432 | shop | postgres://other:5432 | shop.public.orders",
                "postgresql | db | 5432 | shop | postgres://db:6432 | shop.public.orders",
                "postgresql | db | 5432 | shop | postgres://db:5432 | stage.public.orders",
                "postgresql | db | 5432 | shop | mysql://db:5432 | shop.orders",
                "postgresql | db | 5432 | shop | db:5432 | shop.public.orders",
                "mysql | h | 3306 | shop | mysql://h:3307 | shop.orders",
                "redshift | main.abc123.eu-west-1.redshift.amazonaws.com | 5439 | dwh | redshift://main.eu-west-2:5439 | dwh.core.orders",
                "snowflake | acme-prod.snowflakecomputing.com | - | - | snowflake://xy12345.us-east-1.aws | A.B.C",
                "snowflake | xy12345.us-east-1.snowflakecomputing.com | - | - | snowflake://xy12345.us-east-1.gcp | A.B.C",
                "snowflake | - | - | - | snowflake:// | A.B.C",
                "bigquery | acme-data | - | default | bigquery | other.shop.orders",
                "spark | adb-1.22.azuredatabricks.net | 443 | - | s3://lake | warehouse/shop/orders",
                "spark | adb-1.22.azuredatabricks.net | 443 | - | unitycatalog://adb-2.22.azuredatabricks.net | main.shop.orders",
                "athena | athena.eu-west-1.amazonaws.com | 443 | - | awsathena://athena.eu-west-2.amazonaws.com | a.b.c",
                "athena | - | - | - | awsathena://athena.eu-west-2.amazonaws.com | a.b.c",
                "druid | h | 8082 | - | druid://h:8888 | wiki",
                "postgresql | db | 5432 | shop | dagster | orders",
            })
    void shouldFindNoneIfItIsElsewhere(
            String adapter, String host, Integer port, String database, String namespace, String name) {
        var matches = match(NONE, outputs(namespace, name), source("d1", adapter, host, port, database));

        assertThat(matches.bySource()).isEmpty();
        assertThat(matches.unmatched()).containsExactly(new TableName(namespace, name));
    }

    @Test
    void shouldTellSourcesOnOneServerApartByTheirDatabase() {
        var shop = source("d1", "snowflake", "acme-prod", null, "shop");
        var stage = source("d2", "snowflake", "acme-prod", null, "stage");
        var any = source("d3", "snowflake", "acme-prod", null, null);
        var written = outputs("snowflake://acme-prod", "STAGE.CORE.ORDERS");

        assertThat(match(NONE, written, shop, stage, any).bySource()).containsOnlyKeys("d2", "d3");
        assertThat(match(NONE, written, shop).bySource()).containsOnlyKeys("d1");
        assertThat(match(NONE, written, shop, any).bySource()).containsOnlyKeys("d3");
    }

    @Test
    void shouldLeaveItToTheTextOfQueriesWhichDatabasesTheyRead() {
        var shop = source("d1", "snowflake", "acme-prod", null, "shop");
        var stage = source("d2", "snowflake", "acme-prod", null, "stage");

        var matches = new MatchTables(NONE)
                .match(
                        "acme",
                        outputs("snowflake://acme-prod", "STAGE.CORE.ORDERS"),
                        List.of(shop, stage),
                        token -> token.equals("d1"));

        assertThat(matches.bySource()).containsOnlyKeys("d1", "d2");
    }

    @Test
    void shouldNotReachIntoAnotherDatabaseOfPostgres() {
        var shop = source("d1", "postgresql", "db", 5432, "shop");
        var stage = source("d2", "postgresql", "db", 5432, "stage");

        var matches = new MatchTables(NONE)
                .match("acme", outputs("postgres://db:5432", "stage.public.o"), List.of(shop, stage), token -> true);

        assertThat(matches.bySource()).containsOnlyKeys("d2");
    }

    @Test
    void shouldTakeAnInstanceOfSqlServerByItsNameIfBothSay() {
        var first = new SourceAddress("d1", "d1", "jdbc:sqlserver", "h", OptionalInt.of(50001), "shop", "FIRST");
        var second = new SourceAddress("d2", "d2", "jdbc:sqlserver", "h", OptionalInt.of(50002), "shop", "second");

        var matches = match(NONE, outputs("sqlserver://h:1433/second", "shop.dbo.orders"), first, second);

        assertThat(matches.bySource()).containsOnlyKeys("d2");
    }

    @Test
    void shouldGuessNeitherProjectNorCatalogueIfThereAreSeveral() {
        var one = source("d1", "bigquery", null, null, "default");
        var other = source("d2", "bigquery", null, null, null);
        var spark = source("d3", "spark", "h1", 443, null);
        var sparkToo = source("d4", "databricks", "h2", 443, null);

        assertThat(match(NONE, outputs("bigquery", "p.d.t"), one, other).bySource())
                .isEmpty();
        assertThat(match(NONE, outputs("unity-catalog", "c.d.t"), spark, sparkToo)
                        .bySource())
                .isEmpty();
    }

    @Test
    void shouldTrySymlinksBeforeFiles() {
        var lake = source("d1", "spark", "adb-1", 443, null);
        var table = new TableName("unity-catalog", "main.shop.orders");
        var file = new TableName("s3://lake", "warehouse/shop/orders");

        var matches = match(NONE, Outputs.of(List.of(new Output(List.of(table, file)))), lake);

        assertThat(tables(matches, "d1"))
                .hasValueSatisfying(tables -> assertThat(tables).containsExactly("main.shop.orders"));
    }

    @Test
    void shouldGatherWhatARunWritesByDataSource() {
        var shop = source("d1", "postgresql", "db", 5432, "shop");
        var lake = source("d2", "trino", "trino", 8080, null);

        var matches = match(
                NONE,
                outputs(
                        "postgres://db:5432", "shop.public.orders",
                        "trino://trino:8080", "hive.web.events",
                        "postgres://db:5432", "shop.public.items",
                        "s3://lake", "tmp/x"),
                shop,
                lake);

        assertThat(tables(matches, "d1")).hasValueSatisfying(tables -> assertThat(tables)
                .containsExactly("shop.public.items", "shop.public.orders"));
        assertThat(tables(matches, "d2"))
                .hasValueSatisfying(tables -> assertThat(tables).containsExactly("hive.web.events"));
        assertThat(matches.unmatched()).containsExactly(new TableName("s3://lake", "tmp/x"));
    }

    @Test
    void shouldNameNoTablesIfOneOfThemIsNotKnown() {
        var shop = source("d1", "postgresql", "db", 5432, "shop");

        var matches = match(
                NONE, outputs("postgres://db:5432", "shop.public.orders", "postgres://db:5432", TableName.ANY), shop);

        assertThat(tables(matches, "d1"))
                .hasValueSatisfying(tables -> assertThat(tables).isEmpty());
    }

    private static LineageMapping mapping(
            String namespace, @Nullable String name, @Nullable String account, String... tokens) {
        return new LineageMapping(
                new Glob(namespace),
                Optional.ofNullable(name).map(Glob::new),
                Optional.ofNullable(account),
                Arrays.asList(tokens));
    }

    @Test
    void shouldTakeTheFirstMappingBeforeAnyRule() {
        var shop = source("d1", "postgresql", "db", 5432, "shop");
        var mappings = new LineageMappings(List.of(
                mapping("postgres://db:5432", "shop.audit.*", null),
                mapping("postgres://db*", "shop.*", "acme", "d8", "d9"),
                mapping("postgres://*", null, "acme", "d7")));

        var matches = match(
                mappings,
                outputs(
                        "postgres://db:5432", "shop.audit.log",
                        "POSTGRES://DB:5432", "Shop.public.\"Orders\"",
                        "postgres://elsewhere", "a.b.c"),
                shop);

        assertThat(matches.bySource()).containsOnlyKeys("d7", "d8", "d9");
        assertThat(tables(matches, "d8"))
                .hasValueSatisfying(tables -> assertThat(tables).containsExactly("orders"));
        assertThat(tables(matches, "d9"))
                .hasValueSatisfying(tables -> assertThat(tables).containsExactly("orders"));
        assertThat(tables(matches, "d7"))
                .hasValueSatisfying(tables -> assertThat(tables).containsExactly("c"));
        assertThat(matches.unmatched())
                .as("what is of no concern is not missing")
                .isEmpty();
    }

    @Test
    void shouldNameNoTableOfAFileThatIsMapped() {
        var mappings = new LineageMappings(List.of(mapping("s3://lake*", "warehouse/*", "acme", "d1")));

        var matches = match(mappings, outputs("s3://lake", "warehouse/shop/orders"));

        assertThat(tables(matches, "d1"))
                .hasValueSatisfying(tables -> assertThat(tables).isEmpty());
    }

    @Test
    void shouldLeaveToAnotherWorkspaceWhatIsMappedForItAlone() {
        var shop = source("d1", "postgresql", "db", 5432, "shop");
        var mappings = new LineageMappings(List.of(
                mapping("postgres://db:5432", null, "globex", "d2"), mapping("trino://t", null, "globex", "d3")));
        var written = outputs("postgres://db:5432", "shop.public.orders");
        var event = new RunUpdate("r1", RunPhase.COMPLETE, Runs.AT, Runs.JOB, written, Runs.PLACE);

        assertThat(match(mappings, written, shop).bySource()).isEmpty();
        assertThat(mappings.mayConcern("acme", event)).isFalse();
        assertThat(mappings.mayConcern("globex", event)).isTrue();
        assertThat(new MatchTables(mappings).needsDataSources("acme", written)).isFalse();
    }

    @Test
    void shouldBeOfConcernWhereNoMappingSaysOtherwise() {
        var mappings = new LineageMappings(List.of(mapping("s3://*", null, null)));
        var files = outputs("s3://lake", "tmp/x");
        var both = outputs("s3://lake", "tmp/x", "trino://t", "a.b.c");

        assertThat(mappings.mayConcern("acme", Runs.event(RunPhase.COMPLETE, files)))
                .isFalse();
        assertThat(mappings.mayConcern("acme", Runs.event(RunPhase.COMPLETE, both)))
                .isTrue();
        assertThat(mappings.mayConcern("acme", Runs.event(RunPhase.COMPLETE, Outputs.NONE)))
                .as("its outputs may have been on an earlier event")
                .isTrue();
        assertThat(new MatchTables(mappings).needsDataSources("acme", both)).isTrue();
    }
}
