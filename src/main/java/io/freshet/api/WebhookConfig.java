package io.freshet.api;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Whether Mode may tell that a run has ended. */
@ConfigMapping(prefix = "freshet.webhook")
public interface WebhookConfig {

    /** The last part of the address {@code /webhooks/mode/…} that Mode calls. While there is none, nobody is heard. */
    Optional<String> secret();
}
