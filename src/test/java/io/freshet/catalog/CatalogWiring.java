package io.freshet.catalog;

import io.freshet.mode.Modes;
import io.freshet.workspace.Objectives;
import io.freshet.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/** The catalogue with its defaults. */
public final class CatalogWiring {

    private record Settings(Duration ttl, long size) implements CatalogConfig {}

    private static final Settings SETTINGS = new Settings(Duration.ofSeconds(30), 10_000);

    private CatalogWiring() {}

    public static Catalog catalog(Modes modes, Workspaces workspaces, LearntSources learnt, Clock clock) {
        return new Catalog(modes, workspaces, learnt, listings(clock));
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
