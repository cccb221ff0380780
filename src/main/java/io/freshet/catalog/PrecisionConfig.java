package io.freshet.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How datasets are told apart by the tables that they read. */
@ConfigMapping(prefix = "freshet.precision")
public interface PrecisionConfig {

    /** How long a plan waits for SQL that isn't known yet. What is still unknown then counts as mentioning every table. */
    @WithDefault("30s")
    Duration readWithin();
}
