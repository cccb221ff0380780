package io.freshet.lineage;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A kind of database: how OpenLineage names its servers, and what the parts of a table's name mean there. */
enum Dialect {
    POSTGRES(Set.of("postgresql", "postgres"), new HostAndPort(Set.of("postgres", "postgresql"), Set.of(5432)), 3),
    MYSQL(Set.of("mysql", "mariadb"), new HostAndPort(Set.of("mysql", "mariadb"), Set.of(3306)), 2),
    ORACLE(Set.of("oracle"), new HostAndPort(Set.of("oracle"), Set.of(1521)), 3),
    TRINO(Set.of("trino", "presto"), new HostAndPort(Set.of("trino", "presto"), Set.of(8080, 443)), 3),
    TERADATA(Set.of("teradata"), new HostAndPort(Set.of("teradata"), Set.of(1025)), 2),
    SQL_SERVER(
            Set.of("sqlserver", "mssql"),
            new InstanceOrPort(new HostAndPort(Set.of("mssql", "sqlserver"), Set.of(1433))),
            3),
    REDSHIFT(Set.of("redshift"), new RedshiftCluster(new HostAndPort(Set.of("redshift"), Set.of(5439))), 3),
    SNOWFLAKE(Set.of("snowflake"), new SnowflakeAccount(), 3),
    BIGQUERY(Set.of("bigquery"), new OnlyOne("bigquery"), 3),
    SPARK(
            Set.of("spark", "databricks"),
            new OnlyOne("unity-catalog")
                    .or(new HostAndPort(Set.of("unitycatalog", "databricks", "spark"), Set.of(443))),
            3),
    ATHENA(Set.of("athena", "awsathena"), new AwsRegion(Set.of("awsathena", Namespace.GLUE)), 2),
    OTHER(Set.of(), new SchemeOfAdapter(), 2);

    private final Set<String> adapters;
    private final ServerRule server;
    private final int levels;

    /** @param levels how many parts a full name has; with one fewer it has no database */
    Dialect(Set<String> adapters, ServerRule server, int levels) {
        this.adapters = adapters;
        this.server = server;
        this.levels = levels;
    }

    static Dialect of(String adapter) {
        return Arrays.stream(values())
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
