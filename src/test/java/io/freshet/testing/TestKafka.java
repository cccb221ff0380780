package io.freshet.testing;

import io.freshet.dev.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The broker of this JVM's tests, as {@code FRESHET_TEST_KAFKA} says: {@code docker} (Testcontainers), {@code embedded}
 * (a KRaft broker in this process), the {@code host:port} of one that runs already, or {@code auto}, which is the first
 * where there is a Docker-compatible engine, else the second.
 */
public final class TestKafka {

    private static final String IMAGE = "apache/kafka:4.1.2";

    private TestKafka() {}

    private static final class Shared {
        // Closed by the end of the JVM, as many test classes use it one after the other.
        static final String BOOTSTRAP_SERVERS =
                start(Optional.ofNullable(System.getenv("FRESHET_TEST_KAFKA")).orElse("auto"));
    }

    public static String bootstrapServers() {
        return Shared.BOOTSTRAP_SERVERS;
    }

    private static String start(String which) {
        return switch (which) {
            case "auto" -> start(hasDocker() ? "docker" : "embedded");
            case "embedded" -> embedded();
            case "docker" -> docker();
            default -> which;
        };
    }

    private static String embedded() {
        var kafka = EmbeddedKafka.start();
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "embedded-kafka-close"));
        return kafka.bootstrapServers();
    }

    @SuppressWarnings("resource") // Testcontainers' own reaper removes it
    private static String docker() {
        var container = new KafkaContainer(DockerImageName.parse(IMAGE))
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000");
        container.start();
        return container.getBootstrapServers();
    }

    /** Looked for by hand, since Testcontainers tells at ERROR that there is none. */
    private static boolean hasDocker() {
        return System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
    }
}
