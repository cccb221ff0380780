package io.freshet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** What users run, {@code java -jar quarkus-run.jar}, as a process of its own that is configured by environment only. */
public final class PackagedApplication implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Thread reading;

    private PackagedApplication(Process process) {
        this.process = process;
        this.reading = new Thread(this::readLog, "packaged-application-log");
        reading.setDaemon(true);
        reading.start();
    }

    /** The directory that was packaged, as the build says. */
    public static Path directory() {
        return Path.of(System.getProperty("freshet.package", "target/quarkus-app"));
    }

    /** Returns at once. Settings reach it as environment variables, by the usual upper-case rule. */
    public static PackagedApplication launch(Map<String, String> settings, String... jvmOptions) {
        var builder = new ProcessBuilder(program(jvmOptions)).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("FRESHET_") || name.startsWith("KAFKA_"));
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        settings.forEach((name, value) -> builder.environment().put(variable(name), value));
        try {
            return new PackagedApplication(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The native executable where the build says that it made one, else the JVM and what it runs. */
    private static List<String> program(String... jvmOptions) {
        var executable = System.getProperty("freshet.executable", "");
        if (!executable.isEmpty()) {
            return List.of(executable);
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-Xmx256m", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-jar", directory().resolve("quarkus-run.jar").toString()));
        return command;
    }

    /** Returns when it is ready. */
    public static PackagedApplication start(Map<String, String> settings) {
        var application = launch(settings);
        application.awaitReady();
        return application;
    }

    public void awaitReady() {
        awaitLine("started in");
    }

    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    public void awaitLine(String part) {
        try {
            Awaitility.await("a line of the log with \"" + part + "\"")
                    .atMost(START)
                    .until(() -> has(part) || !process.isAlive());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\n" + log(), e);
        }
        if (!has(part)) {
            awaitEnd();
            assertThat(log()).as("the application has ended").contains(part);
        }
    }

    private boolean has(String part) {
        return lines().stream().anyMatch(line -> line.contains(part));
    }

    /** How long it has used a processor so far. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public List<String> lines() {
        return List.copyOf(log);
    }

    public String log() {
        return String.join("\n", lines());
    }

    /** SIGKILL: no shutdown hook runs. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGSTOP: it stands still, and doesn't notice. */
    public void halt() {
        signal("STOP");
    }

    /** SIGCONT, after {@link #halt}. */
    public void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("kill -" + name + " " + process.pid() + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** SIGTERM, and its exit code. */
    public int stop() {
        process.destroy();
        return awaitEnd();
    }

    /** Its exit code. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the application doesn't end:\n" + log());
            }
            reading.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void readLog() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(log::add);
        } catch (IOException | UncheckedIOException e) {
            log.add("the log ended: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        kill();
    }
}
