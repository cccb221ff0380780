package io.freshet.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the catalogue is kept. */
@ConfigMapping(prefix = "freshet.catalog")
public interface CatalogConfig {

    /** How long an answer of Mode's is good for: a report that is made meanwhile is not seen until then. */
    @WithDefault("30s")
    Duration ttl();

    /** How long an answer of Mode's may be planned with to begin with, until a newer one has come. */
    @WithDefault("10m")
    Duration remember();

    /** How many answers are kept, each one listing of a data source, a space or a dataset. */
    @WithDefault("10000")
    long size();
}
