package io.freshet.api;

import io.quarkus.runtime.configuration.TrimmedStringConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.List;
import java.util.Optional;

/** Whether Mode may tell that a run has ended. */
@ConfigMapping(prefix = "freshet.webhook")
public interface WebhookConfig {

    /**
     * The last part of the address {@code /webhooks/mode/…} that Mode calls; two while one replaces the other. While there is
     * none, nobody is heard.
     */
    Optional<List<@WithConverter(TrimmedStringConverter.class) String>> secret();

    /** A file that holds it, or both, separated by space. */
    Optional<String> secretFile();
}
