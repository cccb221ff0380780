package io.freshet.api.admin;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The one token that makes an admin, where one is configured. It is never shown. */
@ApplicationScoped
class AdminToken {

    private static final Logger LOG = Logger.getLogger(AdminToken.class);
    private static final int SHORTEST = 32;
    private static final String ADVICE = "make one with: openssl rand -hex 32";

    private final AdminConfig config;

    AdminToken(AdminConfig config) {
        this.config = config;
    }

    /** @throws ConfigurationException where the settings make no sense */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent event) {
        if (config.token().isPresent() && config.tokenFile().isPresent()) {
            throw new ConfigurationException(
                    "freshet.admin.token and freshet.admin.token-file are both set: leave one");
        }
        config.token().ifPresent(token -> checkLength("freshet.admin.token", token));
        config.tokenFile().ifPresent(AdminToken::checkFile);
    }

    private static void checkFile(String file) {
        try {
            checkLength("freshet.admin.token-file", Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new ConfigurationException("freshet.admin.token-file can't be read: " + e);
        }
    }

    private static void checkLength(String setting, String token) {
        if (token.strip().length() < SHORTEST) {
            throw new ConfigurationException("%s has less than %d characters: %s".formatted(setting, SHORTEST, ADVICE));
        }
    }

    boolean isConfigured() {
        return config.token().isPresent() || config.tokenFile().isPresent();
    }

    /** Takes as long for any wrong token of whatever length. */
    boolean is(String presented) {
        var wanted = config.token()
                .or(() -> config.tokenFile().flatMap(AdminToken::read))
                .map(String::strip)
                .filter(token -> token.length() >= SHORTEST);
        return wanted.isPresent() && MessageDigest.isEqual(digest(wanted.get()), digest(presented));
    }

    private static Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)));
        } catch (IOException e) {
            LOG.warnf("freshet.admin.token-file can't be read: nobody is an admin. %s", e.toString());
            return Optional.empty();
        }
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
