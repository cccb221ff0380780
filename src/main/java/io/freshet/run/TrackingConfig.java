package io.freshet.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How runs are followed. */
@ConfigMapping(prefix = "freshet.tracking")
public interface TrackingConfig {

    /** The shortest time between two questions about a run. */
    @WithDefault("2s")
    Duration pollMin();

    /** The longest time between two questions about a run, and between two attempts to post. */
    @WithDefault("60s")
    Duration pollMax();

    /** A run that is open for longer is told as timed out. Mode itself lets a run live for almost a day. */
    @WithDefault("24h")
    Duration timeout();

    /** A run that Mode doesn't know any more is told as failed when it stays unknown for so long. */
    @WithDefault("10s")
    Duration vanishAfter();

    /** A run of which Mode says nothing clear for so long is told by what there is. */
    @WithDefault("5m")
    Duration unclearAfter();
}
