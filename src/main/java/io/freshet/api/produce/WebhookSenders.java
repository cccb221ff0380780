package io.freshet.api.produce;

import com.github.benmanes.caffeine.cache.Ticker;
import io.freshet.api.SecretFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The webhooks that are configured. Their secrets are never shown. */
@ApplicationScoped
class WebhookSenders {

    private final Map<String, WebhooksConfig.Sender> configured;
    private final SecretFiles files = new SecretFiles(Ticker.systemTicker());

    WebhookSenders(WebhooksConfig config) {
        this.configured = Map.copyOf(config.senders());
    }

    Optional<WebhookSender> find(String name) {
        return Optional.ofNullable(configured.get(name))
                .flatMap(settings ->
                        settings.kind().flatMap(WebhookKind::of).map(kind -> new WebhookSender(name, kind, settings)));
    }

    /** Whether it is that sender's. May wait for a disk. */
    boolean accept(WebhookSender sender, String given, byte[] body) {
        var accepted = false;
        for (var secret : secrets(sender.settings()).toList()) {
            accepted |= sender.kind().proves(given, body, secret);
        }
        return accepted;
    }

    private Stream<String> secrets(WebhooksConfig.Sender settings) {
        return settings.secret().or(() -> settings.secretFile().flatMap(files::text)).map(SecretFiles::words).stream()
                .flatMap(List::stream);
    }
}
