package io.freshet.catalog;

import io.freshet.mode.Modes;
import io.freshet.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;

/** The catalogue with its defaults. */
public final class CatalogWiring {

    private record Settings(Duration ttl, long size) implements CatalogConfig {}

    private CatalogWiring() {}

    public static Catalog catalog(Modes modes, Workspaces workspaces, Clock clock) {
        return new Catalog(modes, workspaces, new Settings(Duration.ofSeconds(30), 10_000), clock);
    }
}
