package io.freshet.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How changes wait for company of the same target. */
@ConfigMapping(prefix = "freshet.coalesce")
public interface CoalesceConfig {

    /** A change leaves when no other came for so long; zero sends each at once. */
    @WithDefault("2s")
    Duration quiet();

    /** A change leaves when it has waited so long, whatever came. */
    @WithDefault("30s")
    Duration maxWait();
}
