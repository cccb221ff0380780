package io.freshet.api;

import com.github.benmanes.caffeine.cache.Ticker;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.regex.Pattern;

/** The last part of the webhook's address: one secret, or two while it is replaced. None is ever shown. */
@ApplicationScoped
public class WebhookSecrets {

    /** What may stand in an address, and is too long to be guessed. */
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{24,128}");

    private static final int MOST = 2;

    private final WebhookConfig config;
    private final SecretFiles files = new SecretFiles(Ticker.systemTicker());

    WebhookSecrets(WebhookConfig config) {
        this.config = config;
    }

    /** @throws ConfigurationException if they make no sense; they are not shown */
    public static void check(WebhookConfig config) {
        if (config.secret().isPresent() && config.secretFile().isPresent()) {
            throw new ConfigurationException(
                    "freshet.webhook.secret and freshet.webhook.secret-file are both set: leave one");
        }
        config.secret().ifPresent(secrets -> check("freshet.webhook.secret", secrets));
        config.secretFile().ifPresent(file -> {
            var setting = "freshet.webhook.secret-file";
            check(setting, SecretFiles.words(SecretFiles.textAtStart(setting, file)));
        });
    }

    private static void check(String setting, List<String> secrets) {
        if (secrets.isEmpty() || secrets.size() > MOST || !secrets.stream().allMatch(WebhookSecrets::isSecret)) {
            throw new ConfigurationException(setting
                    + " makes no sense: it must be one secret, or two while one replaces the other, of 24 to 128 letters,"
                    + " digits, - and _, as 'openssl rand -hex 24' makes them");
        }
    }

    private static boolean isSecret(String text) {
        return SECRET.matcher(text).matches();
    }

    /** Takes as long whatever is given. May wait for a disk. */
    boolean accept(String given) {
        var accepted = false;
        for (var ours : ours()) {
            accepted |= MessageDigest.isEqual(bytes(ours), bytes(given));
        }
        return accepted;
    }

    private List<String> ours() {
        return config
                .secret()
                .or(() -> config.secretFile().flatMap(files::text).map(SecretFiles::words))
                .orElse(List.of())
                .stream()
                .filter(WebhookSecrets::isSecret)
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
