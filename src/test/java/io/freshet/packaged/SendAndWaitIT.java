package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.Event;
import io.freshet.testing.OneDataset;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Programs;
import io.freshet.testing.Prompt;
import io.freshet.testing.Proxy;
import io.freshet.testing.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The ends of two jobs, a script and the Python package, send a change over HTTP and wait. Meanwhile the replica dies that owns
 * the workspace, and the way to Freshet is broken off and leads to the other. What each prints is what Kafka tells.
 */
class SendAndWaitIT {

    private static final String PRODUCER = "0123456789abcdef0123456789abcdef";
    private static final int REPORTS = 6;
    private static final SandboxSettings SETTINGS = SandboxSettings.defaults().withRateLimit(40, Duration.ofSeconds(2));
    private static final Map<String, String> PROMPT =
            Prompt.but(Map.of("freshet.access.\"etl\".token", PRODUCER, "freshet.access.\"etl\".roles", "producer"));

    private static final List<String> SCRIPT =
            List.of("sh", "docs/examples/send-and-wait.sh", OneDataset.SOURCE, "/etl/script", "load-1");
    private static final List<String> PYTHON = List.of(
            "python3",
            "-m",
            "freshet",
            "--data-source",
            OneDataset.SOURCE,
            "--source",
            "/etl/python",
            "--id",
            "load-1",
            "--wait");

    private record Ended(int status, String said) {}

    @TestFactory
    Stream<DynamicTest> shouldTellJobsTheTruthThoughTheOwnerDies() {
        try (var scene = Scene.open(SETTINGS);
                var way = new Proxy()) {
            OneDataset.fill(scene, REPORTS);
            scene.sandbox().runClock().takes(Duration.ofMillis(1_500), Duration.ofMillis(2_500));
            var replicas = List.of(scene.launch(PROMPT, "-Xmx160m"), scene.launch(PROMPT, "-Xmx160m"));
            replicas.forEach(PackagedApplication::awaitReady);
            way.leadTo(replicas.get(0).url().getPort());
            var script = start(SCRIPT, way, "curl", "jq");
            var python = start(PYTHON, way, "python3");

            scene.eventually(() -> assertThat(scene.events("run-accepted")).isNotEmpty());
            scene.whoSays("run accepted account=", replicas).kill();
            way.cut();
            way.leadTo(replicas.stream()
                    .filter(PackagedApplication::isAlive)
                    .findFirst()
                    .orElseThrow()
                    .url()
                    .getPort());
            way.mend();

            var ofScript = script.map(SendAndWaitIT::end);
            var ofPython = python.map(SendAndWaitIT::end);
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            var told = scene.events("change-settled");
            return Stream.of(
                    DynamicTest.dynamicTest(
                            "send-and-wait.sh", () -> assertSaysTheTruth(ofScript, "curl and jq", told, "/etl/script")),
                    DynamicTest.dynamicTest(
                            "python3 -m freshet", () -> assertSaysTheTruth(ofPython, "python3", told, "/etl/python")));
        }
    }

    private static Optional<Process> start(List<String> command, Proxy way, String... needed) {
        if (!Programs.areThere(needed)) {
            return Optional.empty();
        }
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FRESHET_URL", "http://localhost:" + way.port());
        builder.environment().put("FRESHET_TOKEN", PRODUCER);
        builder.environment().put("PYTHONPATH", "clients/python");
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        try {
            return Optional.of(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Ended end(Process job) {
        try {
            if (!job.waitFor(60, TimeUnit.SECONDS)) {
                job.destroyForcibly().waitFor();
            }
            return new Ended(job.exitValue(), new String(job.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void assertSaysTheTruth(Optional<Ended> job, String needed, List<Event> told, String source) {
        assumeTrue(job.isPresent(), "not run: it needs " + needed);
        var truth = told.stream()
                .map(Event::data)
                .filter(settled -> settled.at("/change/source").asText().equals(source))
                .toList();
        assertThat(truth).as(job.toString()).hasSize(1);
        assertThat(job.get().said().lines())
                .containsExactly(
                        "accepted account=acme source=%s id=load-1".formatted(source),
                        "settled outcome=%s data=%s succeeded=%d"
                                .formatted(
                                        truth.get(0).path("outcome").asText(),
                                        truth.get(0).path("data").asText(),
                                        truth.get(0).at("/runs/succeeded").asInt()));
        assertThat(truth.get(0).path("outcome").asText()).isEqualTo("succeeded");
        assertThat(job.get().status()).isZero();
    }
}
