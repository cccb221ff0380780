package io.freshet.catalog;

import io.freshet.mode.Modes;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/** The catalogue with its defaults. */
public final class CatalogWiring {

    private record Settings(Duration ttl, long size) implements CatalogConfig {}

    private static final Settings SETTINGS = new Settings(Duration.ofSeconds(30), 10_000);

    private CatalogWiring() {}

    public static Catalog catalog(Modes modes, Clock clock) {
        return new Catalog(modes, SETTINGS, clock);
    }

    public static LastRuns lastRuns(Modes modes, Clock clock, ScheduledExecutorService timer) {
        return new LastRuns(modes, SETTINGS, clock, timer);
    }
}
