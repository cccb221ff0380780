package io.freshet.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient posting is. */
@ConfigMapping(prefix = "freshet.posting")
public interface PostingConfig {

    /** How long a run may still appear in Mode after an answer to its POST could last have come. */
    @WithDefault("5s")
    Duration grace();

    /** A request is given up after so many POSTs that came to nothing while Mode answered otherwise, and not before… */
    @WithDefault("10")
    int giveUpAttempts();

    /** … so much time has passed since the first. */
    @WithDefault("1h")
    Duration giveUpAfter();
}
