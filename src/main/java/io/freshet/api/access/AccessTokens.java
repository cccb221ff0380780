package io.freshet.api.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Whose token it is. Tokens are never shown. */
@ApplicationScoped
class AccessTokens {

    private static final Logger LOG = Logger.getLogger(AccessTokens.class);
    static final Duration FILES_ARE_KEPT = Duration.ofSeconds(5);
    static final int SHORTEST = 32;

    /** @param roles what the token is good for */
    record Holder(String name, Set<String> roles) {}

    private record Known(Holder holder, AccessConfig.Holder config) {}

    private final List<Known> known;
    private final LoadingCache<String, Optional<String>> files;

    @Inject
    AccessTokens(AccessConfig config) {
        this(config, Ticker.systemTicker());
    }

    AccessTokens(AccessConfig config, Ticker ticker) {
        this.known = config.holders().entrySet().stream()
                .map(one -> new Known(
                        new Holder(one.getKey(), one.getValue().roles().orElse(Set.of())), one.getValue()))
                .toList();
        this.files = Caffeine.newBuilder()
                .expireAfterWrite(FILES_ARE_KEPT)
                .ticker(ticker)
                .executor(Runnable::run)
                .build(AccessTokens::read);
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
                .or(() -> config.tokenFile().flatMap(files::get))
                .map(String::strip)
                .filter(token -> token.length() >= SHORTEST);
    }

    private static Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)));
        } catch (IOException e) {
            LOG.warnf("token-file %s can't be read: nobody is known by it. %s", file, e.toString());
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
