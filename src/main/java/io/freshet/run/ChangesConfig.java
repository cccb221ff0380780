package io.freshet.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long changes are kept. */
@ConfigMapping(prefix = "freshet.changes")
public interface ChangesConfig {

    /** How long a settled change is known, so that it has no effect if it comes again, and can be looked up. */
    @WithDefault("7d")
    Duration remember();

    /** A change is refused when Mode has had trouble with its target for so long, while it answered other calls. */
    @WithDefault("24h")
    Duration giveUpAfter();
}
