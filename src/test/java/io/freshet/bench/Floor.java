package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Scene;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An empty application, {@code src/bench/floor}, which says when it consumes a record. */
record Floor(Path directory, String pollMillis) implements Contender {

    /** As the connector has it by default. */
    private static final String BY_DEFAULT = "1000";

    private static final String CONSUMED = "consumed at=";

    static Floor build() {
        var quarkus = "-Dquarkus.platform.version=" + System.getProperty("quarkus.platform.version");
        var build = new ProcessBuilder(
                        "./mvnw", "-B", "-ntp", "-q", "-f", "src/bench/floor/pom.xml", quarkus, "package")
                .inheritIO();
        try {
            if (build.start().waitFor() != 0) {
                throw new AssertionError("src/bench/floor can't be built: see above");
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return new Floor(Path.of("src", "bench", "floor", "target", "quarkus-app"), BY_DEFAULT);
    }

    /** The same with another time that a poll takes at most. */
    Floor polling(Duration most) {
        return new Floor(directory, Long.toString(most.toMillis()));
    }

    @Override
    public Map<String, String> settings(Scene scene) {
        return Map.of(
                "kafka.bootstrap.servers",
                scene.settings().getOrDefault("kafka.bootstrap.servers", ""),
                "mp.messaging.incoming.changes.topic",
                scene.topics().name("upstream-data-changed"),
                "mp.messaging.incoming.changes.group.id",
                scene.topics().name("floor"),
                "mp.messaging.incoming.changes.poll-timeout",
                pollMillis);
    }

    private static List<Instant> records(PackagedApplication application) {
        return application.lines().stream()
                .filter(line -> line.startsWith(CONSUMED))
                .map(line -> Instant.parse(line.substring(CONSUMED.length())))
                .toList();
    }

    @Override
    public Optional<Instant> firstRecord(Scene scene, PackagedApplication application) {
        return records(application).stream().findFirst();
    }

    @Override
    public void assertDone(Scene scene, PackagedApplication application, int changes) {
        assertThat(records(application)).hasSize(changes);
    }
}
