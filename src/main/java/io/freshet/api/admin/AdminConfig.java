package io.freshet.api.admin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Of what is asked for over HTTP and takes a while. */
@ConfigMapping(prefix = "freshet.admin")
public interface AdminConfig {

    /** How long a request may wait for the budget, for Mode and for Kafka. */
    @WithDefault("60s")
    Duration timeout();
}
