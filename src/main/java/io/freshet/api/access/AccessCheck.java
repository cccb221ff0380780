package io.freshet.api.access;

import io.freshet.api.SecretFiles;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Ends the start where the settings of access make no sense, in one line that names the setting. */
@ApplicationScoped
class AccessCheck {

    private static final String ROLES = "one or more of viewer, operator, admin and producer";

    private final AccessConfig config;
    private final ReadAuth readAuth;
    private final Optional<String> provider;
    private final Optional<String> audience;

    AccessCheck(
            AccessConfig config,
            ReadAuth readAuth,
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> provider,
            @ConfigProperty(name = "quarkus.oidc.token.audience") Optional<String> audience) {
        this.config = config;
        this.readAuth = readAuth;
        this.provider = provider;
        this.audience = audience;
    }

    /** @throws ConfigurationException where the settings make no sense */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent event) {
        var owners = new HashMap<String, String>();
        config.holders().forEach((name, holder) -> check(name, holder, owners));
        if (provider.isPresent() && audience.isEmpty()) {
            throw new ConfigurationException("quarkus.oidc.token.audience is not set: name the audience that tokens for"
                    + " Freshet have, or any of the provider's tokens would do");
        }
        if (readAuth.needsRole() && config.holders().isEmpty() && provider.isEmpty()) {
            throw new ConfigurationException("freshet.read.auth is \"role\", and nobody has one: set"
                    + " freshet.access.\"NAME\".token and .roles, or quarkus.oidc.auth-server-url");
        }
    }

    private static void check(String name, AccessConfig.Holder holder, Map<String, String> owners) {
        var prefix = "freshet.access.\"%s\".".formatted(name);
        checkRoles(prefix + "roles", holder.roles().orElse(Set.of()));
        if (holder.token().isPresent() && holder.tokenFile().isPresent()) {
            throw new ConfigurationException(prefix + "token and .token-file are both set: leave one");
        }
        var token = holder.token()
                .map(text -> checkedToken(prefix + "token", text))
                .or(() -> holder.tokenFile().map(file -> checkedFile(prefix + "token-file", file)))
                .orElseThrow(() ->
                        new ConfigurationException(prefix + "token is not set, and no .token-file: set one of them"));
        var other = owners.put(token, name);
        if (other != null) {
            throw new ConfigurationException(
                    prefix + "token is that of \"%s\", too: give each its own".formatted(other));
        }
    }

    private static void checkRoles(String setting, Set<String> roles) {
        if (roles.isEmpty()) {
            throw new ConfigurationException(setting + " is not set: " + ROLES);
        }
        roles.stream().filter(role -> !Role.ALL.contains(role)).findFirst().ifPresent(role -> {
            throw new ConfigurationException("%s names \"%s\", which is no role: %s".formatted(setting, role, ROLES));
        });
    }

    private static String checkedFile(String setting, String file) {
        return checkedToken(setting, SecretFiles.textAtStart(setting, file));
    }

    private static String checkedToken(String setting, String token) {
        var stripped = token.strip();
        if (stripped.length() < AccessTokens.SHORTEST) {
            throw new ConfigurationException("%s has less than %d characters: make one with: openssl rand -hex 32"
                    .formatted(setting, AccessTokens.SHORTEST));
        }
        return stripped;
    }
}
