package io.freshet.api.admin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Who may have something done over HTTP; nobody, where neither token nor OpenID Connect provider is configured. */
@ConfigMapping(prefix = "freshet.admin")
public interface AdminConfig {

    /** What an admin sends as {@code Authorization: Bearer …}. */
    Optional<String> token();

    /** A file that holds the token; read for every request, so that a rotated token needs no restart. */
    Optional<String> tokenFile();

    /** The role that a token of an OpenID Connect provider must grant. */
    @WithDefault("admin")
    String role();

    /** How long a request may wait for the budget, for Mode and for Kafka. */
    @WithDefault("60s")
    Duration timeout();
}
