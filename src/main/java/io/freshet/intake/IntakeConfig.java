package io.freshet.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is taken in. */
@ConfigMapping(prefix = "freshet.intake")
public interface IntakeConfig {

    /** A record with more bytes, key and headers included, isn't read: it becomes a dead letter. */
    @WithDefault("1048576")
    int maxRecordBytes();
}
