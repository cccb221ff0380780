package io.freshet.api.access;

import com.github.benmanes.caffeine.cache.Ticker;
import io.freshet.api.SecretFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whose token it is. Tokens are never shown. */
@ApplicationScoped
class AccessTokens {

    static final int SHORTEST = 32;

    /** @param roles what the token is good for */
    record Holder(String name, Set<String> roles) {}

    private record Configured(Holder holder, AccessConfig.Holder config) {}

    private final List<Configured> known;
    private final SecretFiles files;

    @Inject
    AccessTokens(AccessConfig config) {
        this(config, Ticker.systemTicker());
    }

    AccessTokens(AccessConfig config, Ticker ticker) {
        this.known = config.holders().entrySet().stream()
                .map(one -> new Configured(
                        new Holder(one.getKey(), one.getValue().roles().orElse(Set.of())), one.getValue()))
                .toList();
        this.files = new SecretFiles(ticker);
    }

    boolean areConfigured() {
        return !known.isEmpty();
    }

    /** Whether {@link #holder} may have to wait for a disk. */
    boolean readFiles() {
        return known.stream().anyMatch(one -> one.config().tokenFile().isPresent());
    }

    /** Takes as long for any wrong token of whatever length. */
    Optional<Holder> holder(String presented) {
        var digest = digest(presented);
        var found = Optional.<Holder>empty();
        for (var one : known) {
            var wanted = token(one.config());
            if (wanted.isPresent() && MessageDigest.isEqual(digest(wanted.get()), digest)) {
                found = Optional.of(one.holder());
            }
        }
        return found;
    }

    private Optional<String> token(AccessConfig.Holder config) {
        return config.token()
                .or(() -> config.tokenFile().flatMap(files::text))
                .map(String::strip)
                .filter(token -> token.length() >= SHORTEST);
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
