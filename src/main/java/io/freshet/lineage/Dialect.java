package io.freshet.lineage;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A kind of database: how OpenLineage names its servers, and what the parts of a table's name mean there. */
final class Dialect {

    static final Dialect POSTGRES = new Dialect(
            Set.of("postgresql", "postgres"), new HostAndPort(Set.of("postgres", "postgresql"), Set.of(5432)), 3);
    static final Dialect MYSQL =
            new Dialect(Set.of("mysql", "mariadb"), new HostAndPort(Set.of("mysql", "mariadb"), Set.of(3306)), 2);
    static final Dialect ORACLE = new Dialect(Set.of("oracle"), new HostAndPort(Set.of("oracle"), Set.of(1521)), 3);
    static final Dialect TRINO =
            new Dialect(Set.of("trino", "presto"), new HostAndPort(Set.of("trino", "presto"), Set.of(8080, 443)), 3);
    static final Dialect TERADATA =
            new Dialect(Set.of("teradata"), new HostAndPort(Set.of("teradata"), Set.of(1025)), 2);
    static final Dialect SQL_SERVER = new Dialect(
            Set.of("sqlserver", "mssql"),
            new InstanceOrPort(new HostAndPort(Set.of("mssql", "sqlserver"), Set.of(1433))),
            3);
    static final Dialect REDSHIFT =
            new Dialect(Set.of("redshift"), new RedshiftCluster(new HostAndPort(Set.of("redshift"), Set.of(5439))), 3);
    static final Dialect SNOWFLAKE = new Dialect(Set.of("snowflake"), new SnowflakeAccount(), 3);
    static final Dialect BIGQUERY = new Dialect(Set.of("bigquery"), new OnlyOne("bigquery"), 3);
    static final Dialect SPARK = new Dialect(
            Set.of("spark", "databricks"),
            new OnlyOne("unity-catalog")
                    .or(new HostAndPort(Set.of("unitycatalog", "databricks", "spark"), Set.of(443))),
            3);
    static final Dialect ATHENA =
            new Dialect(Set.of("athena", "awsathena"), new AwsRegion(Set.of("awsathena", Namespace.GLUE)), 2);
    static final Dialect OTHER = new Dialect(Set.of(), new SchemeOfAdapter(), 2);

    private static final List<Dialect> ALL =
            List.of(POSTGRES, MYSQL, ORACLE, TRINO, TERADATA, SQL_SERVER, REDSHIFT, SNOWFLAKE, BIGQUERY, SPARK, ATHENA);

    private final Set<String> adapters;
    private final ServerRule server;
    private final int levels;

    /** @param levels how many parts a full name has; with one fewer it has no database */
    private Dialect(Set<String> adapters, ServerRule server, int levels) {
        this.adapters = Set.copyOf(adapters);
        this.server = server;
        this.levels = levels;
    }

    static Dialect of(String adapter) {
        return ALL.stream()
                .filter(dialect -> dialect.adapters.contains(adapter))
                .findFirst()
                .orElse(OTHER);
    }

    ServerRule server() {
        return server;
    }

    /** Which database the name says that its table is in; in BigQuery that is the project, which may have dots. */
    Optional<String> database(List<String> parts) {
        var before = parts.size() - (levels - 1);
        if (before < 1) {
            return Optional.empty();
        }
        return Optional.of(this == BIGQUERY ? String.join(".", parts.subList(0, before)) : parts.get(before - 1));
    }

    /** Where no query reaches from one database into another, a table of another one is not this source's. */
    boolean isBoundToDatabase() {
        return this == POSTGRES || this == BIGQUERY;
    }

    boolean hasSchemas() {
        return levels == 3;
    }
}
