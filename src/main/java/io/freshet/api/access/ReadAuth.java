package io.freshet.api.access;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether reading needs a role: {@code freshet.read.auth}. */
@ApplicationScoped
class ReadAuth {

    private final String setting;

    ReadAuth(@ConfigProperty(name = "freshet.read.auth", defaultValue = "none") String setting) {
        this.setting = setting;
    }

    /** @throws ConfigurationException where the setting is no word that is known */
    boolean needsRole() {
        return switch (setting) {
            case "none" -> false;
            case "role" -> true;
            default ->
                throw new ConfigurationException(
                        "freshet.read.auth must be \"none\" or \"role\", and is \"%s\"".formatted(setting));
        };
    }
}
