package io.freshet.api;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.regex.Pattern;

/** The last part of the webhook's address, checked. */
public final class WebhookSecret {

    /** What may stand in an address, and is too long to be guessed. */
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{24,128}");

    private WebhookSecret() {}

    /** @throws ConfigurationException if the secret makes no sense; it is not shown */
    public static void check(WebhookConfig config) {
        if (config.secret().filter(secret -> !SECRET.matcher(secret).matches()).isPresent()) {
            throw new ConfigurationException(
                    "freshet.webhook.secret makes no sense: it must be 24 to 128 letters, digits, - and _, as"
                            + " 'openssl rand -hex 24' makes them");
        }
    }
}
