package io.freshet.catalog;

import io.freshet.mode.Modes;
import io.freshet.workspace.Objectives;
import io.freshet.workspace.Workspaces;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** The catalogue with its defaults. */
public final class CatalogWiring {

    private record Settings(Duration ttl, long size) implements CatalogConfig {}

    private static final Settings SETTINGS = new Settings(Duration.ofSeconds(30), 10_000);
    private static final PrecisionConfig PRECISION = () -> Duration.ofSeconds(30);

    private CatalogWiring() {}

    /** What is known of the SQL of datasets, and who reads it. */
    public record Sql(KnownSql known, ReadSql read) {}

    public static Sql sql(SqlStore store, Clock clock, ScheduledExecutorService timer) {
        return sql(store, PRECISION, clock, timer);
    }

    static Sql sql(SqlStore store, PrecisionConfig config, Clock clock, ScheduledExecutorService timer) {
        var known = new KnownSql(store);
        return new Sql(known, new ReadSql(known, config, clock, timer));
    }

    public static Catalog catalog(
            Modes modes,
            Workspaces workspaces,
            LearntSources learnt,
            Sql sql,
            Clock clock,
            ScheduledExecutorService timer,
            Executor workers) {
        return new Catalog(
                modes,
                workspaces,
                learnt,
                listings(clock),
                mentioned(workspaces, sql, PRECISION, clock, timer, workers),
                new DataSources(modes, clock));
    }

    static MentionedDatasets mentioned(
            Workspaces workspaces,
            Sql sql,
            PrecisionConfig config,
            Clock clock,
            ScheduledExecutorService timer,
            Executor workers) {
        return new MentionedDatasets(
                workspaces, sql.known(), sql.read(), new DefinedSql(config, clock, timer), workers);
    }

    /** Of workspaces whose changes are for all of their data source. */
    static MentionedDatasets all(Workspaces workspaces, Clock clock, ScheduledExecutorService timer) {
        var sql = sql((dataset, known) -> Uni.createFrom().voidItem(), clock, timer);
        return mentioned(workspaces, sql, PRECISION, clock, timer, timer);
    }

    public static ReportsOfObjectives objectives(Objectives objectives, Modes modes, Clock clock) {
        return new ReportsOfObjectives(objectives, modes, listings(clock));
    }

    /** What the two share in the application. */
    static Listings listings(Clock clock) {
        return new Listings(SETTINGS, clock);
    }

    public static DataSources dataSources(Modes modes, Clock clock) {
        return new DataSources(modes, clock);
    }

    public static LastRuns lastRuns(Modes modes, Clock clock, ScheduledExecutorService timer) {
        return new LastRuns(modes, SETTINGS, clock, timer);
    }
}
