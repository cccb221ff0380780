package io.freshet.api.produce;

import io.freshet.api.SecretFiles;
import io.freshet.event.Accounts;
import io.freshet.event.Topics;
import io.freshet.intake.InputReader;
import io.freshet.intake.IntakeConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Ends the start where the settings of webhooks make no sense, in one line that names the setting. */
@ApplicationScoped
class WebhooksCheck {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    /** What may stand in an address, and is too long to be guessed. */
    private static final Pattern IN_ADDRESS = Pattern.compile("[A-Za-z0-9_-]{24,128}");

    private static final int SHORTEST = 16;
    private static final int MOST = 2;

    private final WebhooksConfig config;
    private final InputReader reader;
    private final Topics topics;
    private final Clock clock;

    WebhooksCheck(WebhooksConfig config, Accounts accounts, Topics topics, IntakeConfig intake, Clock clock) {
        this.config = config;
        this.reader = new InputReader(accounts, topics, intake.maxRecordBytes());
        this.topics = topics;
        this.clock = clock;
    }

    /** @throws ConfigurationException where the settings make no sense */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent event) {
        config.senders().forEach(this::check);
    }

    private void check(String name, WebhooksConfig.Sender settings) {
        var prefix = "freshet.webhooks.\"%s\"".formatted(name);
        if (!NAME.matcher(name).matches()) {
            throw new ConfigurationException(
                    prefix + " makes no sense: a name is a part of an address, 1 to 64 letters, digits, - and _");
        }
        var kind = settings.kind()
                .flatMap(WebhookKind::of)
                .orElseThrow(() -> new ConfigurationException(prefix + ".kind must be dbt, fivetran or airbyte"));
        checkSecrets(prefix, kind, settings);
        if (settings.dataSource().isEmpty()) {
            throw new ConfigurationException(prefix + ".data-source is not set: the token of what it loads");
        }
        var load = new WebhookEvent.Loaded("0", Set.of(), "", Optional.empty());
        var now = clock.instant();
        var change = new WebhookSender(name, kind, settings).change(topics.upstreamDataChanged(), load, now);
        var wrong = reader.read(change, now).fold(good -> "", (code, reason) -> reason);
        if (!wrong.isEmpty()) {
            throw new ConfigurationException(prefix + " makes no change that can be used: " + wrong);
        }
    }

    private static void checkSecrets(String prefix, WebhookKind kind, WebhooksConfig.Sender settings) {
        if (settings.secret().isPresent() == settings.secretFile().isPresent()) {
            throw new ConfigurationException(prefix + ".secret or .secret-file must be set, and only one of them");
        }
        var setting = prefix + (settings.secret().isPresent() ? ".secret" : ".secret-file");
        var secrets = SecretFiles.words(settings.secret()
                .orElseGet(() ->
                        SecretFiles.textAtStart(setting, settings.secretFile().orElseThrow())));
        if (secrets.isEmpty() || secrets.size() > MOST || !secrets.stream().allMatch(secret -> isGood(kind, secret))) {
            throw new ConfigurationException(
                    "%s makes no sense: it must be one secret, or two while one replaces the other, of %s"
                            .formatted(
                                    setting,
                                    kind.signatureHeader().isPresent()
                                            ? "at least %d characters".formatted(SHORTEST)
                                            : "24 to 128 letters, digits, - and _"));
        }
    }

    private static boolean isGood(WebhookKind kind, String secret) {
        return kind.signatureHeader().isPresent()
                ? secret.length() >= SHORTEST
                : IN_ADDRESS.matcher(secret).matches();
    }
}
