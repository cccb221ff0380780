package io.freshet.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.tools.StorageTool;
import org.jspecify.annotations.Nullable;

/** A node of a {@link KafkaCluster}: a controller and broker in a process of its own, which can be killed. */
final class KafkaNode implements AutoCloseable {

    private static final long LONGEST_END = 30;

    private final Path directory;
    private @Nullable Process process;

    /** @param directory for all that it keeps */
    KafkaNode(Path directory) {
        this.directory = directory;
    }

    /** Before its first start. */
    void format(Properties settings, String cluster) {
        settings.put("log.dirs", directory.resolve("data").toString());
        try (var file = Files.newBufferedWriter(settingsFile())) {
            settings.store(file, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var said = new ByteArrayOutputStream();
        var arguments =
                new String[] {"format", "-t", cluster, "-c", settingsFile().toString()};
        var code = StorageTool.execute(arguments, new PrintStream(said, true, UTF_8));
        if (code != 0) {
            throw new AssertionError("no storage for a broker: " + said.toString(UTF_8));
        }
    }

    /** Returns at once. After a kill it goes on with what it has on its disk. */
    void start() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-Xmx192m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(
                List.of("-cp", kafkaClassPath(), "kafka.Kafka", settingsFile().toString()));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * That of the tests, which has all of Kafka; Surefire hides it from the JVM behind a jar that only names it. What the
     * broker is made of comes first: each of its thousands of classes is looked for in jar after jar.
     */
    static String kafkaClassPath() {
        var tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(tests.split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .sorted(Comparator.comparing(entry -> !entry.contains("kafka") && !entry.contains("scala")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path settingsFile() {
        return directory.resolve("server.properties");
    }

    private Path logFile() {
        return directory.resolve("log.txt");
    }

    /** The last lines of its log. */
    String log() {
        try {
            var lines = Files.exists(logFile()) ? Files.readAllLines(logFile()) : List.<String>of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL: nothing is flushed, nobody is told. */
    void kill() {
        var running = process;
        process = null;
        if (running == null) {
            return;
        }
        running.destroyForcibly();
        try {
            if (!running.waitFor(LONGEST_END, TimeUnit.SECONDS)) {
                throw new AssertionError("broker " + running.pid() + " doesn't end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
