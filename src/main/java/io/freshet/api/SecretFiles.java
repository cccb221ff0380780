package io.freshet.api;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Files that hold secrets, read anew every few seconds, so that a rotated one needs no restart. May wait for a disk. */
public final class SecretFiles {

    public static final Duration KEPT = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(SecretFiles.class);

    private final LoadingCache<String, Optional<String>> files;

    public SecretFiles(Ticker ticker) {
        this.files = Caffeine.newBuilder()
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .executor(Runnable::run)
                .build(SecretFiles::read);
    }

    /**
     * What it holds, at the start.
     *
     * @throws ConfigurationException where it can't be read, which names the setting
     */
    public static String textAtStart(String setting, String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new ConfigurationException(setting + " can't be read: " + e);
        }
    }

    /** One secret, or several while one replaces another. */
    public static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    /** What it holds; empty where it can't be read, which is logged. */
    public Optional<String> text(String file) {
        return files.get(file);
    }

    private static Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)));
        } catch (IOException e) {
            LOG.warnf("secret-file %s can't be read: nobody is known by it. %s", file, e.toString());
            return Optional.empty();
        }
    }
}
