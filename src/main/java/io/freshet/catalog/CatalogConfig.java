package io.freshet.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the catalogue is kept. */
@ConfigMapping(prefix = "freshet.catalog")
public interface CatalogConfig {

    /** How long an answer of Mode's is kept. It is only used for changes that came before Mode was asked. */
    @WithDefault("30s")
    Duration ttl();

    /** How many answers are kept, each one listing of a data source, a space or a dataset. */
    @WithDefault("10000")
    long size();
}
