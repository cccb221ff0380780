package io.freshet.mode;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How Mode is called. */
@ConfigMapping(prefix = "freshet.mode")
public interface ModeConfig {

    @WithDefault("5s")
    Duration connectTimeout();

    /** How long a call may take in all. After that nobody knows whether a POST had its effect, and Mode is asked. */
    @WithDefault("30s")
    Duration readTimeout();

    /** An answer with more bytes is broken off. */
    @WithDefault("16M")
    MemorySize maxAnswer();

    /** How a POST names the datasets. The reference says {@code wrapped}; Mode's own forms say {@code flat}. */
    @WithDefault("wrapped")
    DatasetTokens datasetTokens();

    /** The two forms of the body of {@code POST /{account}/reports/{report}/runs}. */
    enum DatasetTokens {
        /** <code>{"report": {"dataset_tokens": [{"token": "…"}]}}</code>. */
        WRAPPED,
        /** <code>{"dataset_tokens": [{"token": "…"}]}</code>. */
        FLAT
    }
}
