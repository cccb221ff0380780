package io.freshet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** What users run, {@code java -jar quarkus-run.jar}, as a process of its own that is configured by environment only. */
public final class PackagedApplication implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Listening on: http://\\S+:(\\d+)");
    private static final Pattern MANAGEMENT = Pattern.compile("Management interface listening on http://\\S+:(\\d+)");
    /** The last line of a histogram of classes: instances and bytes. */
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)$");

    private static final Duration START = Duration.ofSeconds(60);

    private final Artefact artefact;
    private final Process process;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Thread reading;

    private PackagedApplication(Artefact artefact, Process process) {
        this.artefact = artefact;
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
        return launch(Artefact.underTest(), settings, jvmOptions);
    }

    /** The same with another {@code quarkus-run.jar}: the one in that directory. */
    static PackagedApplication launch(Path directory, Map<String, String> settings, String... jvmOptions) {
        return launch(new Artefact.Jar(directory, List.of()), settings, jvmOptions);
    }

    /** Its command line, with what it prints as the log. */
    public static PackagedApplication call(Map<String, String> settings, String... arguments) {
        return launch(Artefact.underTest(), settings, List.of(arguments));
    }

    private static PackagedApplication launch(Artefact artefact, Map<String, String> settings, String... jvmOptions) {
        return launch(artefact, settings, List.of(), jvmOptions);
    }

    private static PackagedApplication launch(
            Artefact artefact, Map<String, String> settings, List<String> arguments, String... jvmOptions) {
        var variables = new TreeMap<>(Map.of("QUARKUS_HTTP_PORT", "0", "QUARKUS_MANAGEMENT_PORT", "0"));
        settings.forEach((name, value) -> variables.put(variable(name), value));
        var command = new ArrayList<>(artefact.command(variables.keySet(), jvmOptions));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("FRESHET_") || name.startsWith("KAFKA_"));
        builder.environment().putAll(variables);
        try {
            return new PackagedApplication(artefact, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** Where it has the page and its API, as it says itself. */
    public URI url() {
        return listeningAs(LISTENING);
    }

    /** Where it has health and metrics, as it says itself. */
    public URI managementUrl() {
        return listeningAs(MANAGEMENT);
    }

    private URI listeningAs(Pattern said) {
        awaitLine("Listening on: ");
        return lines().stream()
                .map(said::matcher)
                .filter(Matcher::find)
                .map(line -> URI.create("http://localhost:" + line.group(1)))
                .findFirst()
                .orElseThrow();
    }

    /** What it answers on its HTTP port. */
    public HttpResponse<String> get(String path) {
        return get(url().resolve(path));
    }

    /** What it answers on its management port. */
    public HttpResponse<String> getManaged(String path) {
        return get(managementUrl().resolve(path));
    }

    private static HttpResponse<String> get(URI address) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** How long it has used a processor so far. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** How much memory it holds now, as Linux says. */
    public double residentMebibytes() {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            var line = lines.filter(one -> one.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How much of its heap is in use after a full collection. */
    public double liveHeapMebibytes() {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            var histogram = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            var said = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var total = TOTAL.matcher(said);
            assertThat(total.find()).as(said).isTrue();
            return Long.parseLong(total.group(1)) / 1048576.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        if (process.isAlive()) {
            var ignored = artefact.send("KILL", process); // it may be about to end by itself
        }
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
        assertThat(artefact.send(name, process)).as(name + " for " + artefact).isEmpty();
    }

    /** SIGTERM, and its exit code. */
    public int stop() {
        signal("TERM");
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
