package io.freshet.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What users run, and so what is tested: the jar, unless {@code freshet.executable} names a native executable or
 * {@code freshet.image} an image.
 */
interface Artefact {

    /** @param variables the names of the environment variables that it is configured by */
    List<String> command(Collection<String> variables, String... jvmOptions);

    /** What sends a signal to it. */
    default List<String> signal(String name, Process process) {
        return List.of("kill", "-" + name, Long.toString(process.pid()));
    }

    /** One to be started. */
    static Artefact underTest() {
        var image = System.getProperty("freshet.image", "");
        var executable = System.getProperty("freshet.executable", "");
        if (!image.isEmpty()) {
            return new Image(image, "freshet-" + UUID.randomUUID());
        }
        return executable.isEmpty()
                ? new Jar(PackagedApplication.directory(), ClassCache.options())
                : new Executable(executable);
    }

    /**
     * @param directory that of {@code quarkus-run.jar}
     * @param options for its JVM, ahead of others
     */
    record Jar(Path directory, List<String> options) implements Artefact {
        @Override
        public List<String> command(Collection<String> variables, String... jvmOptions) {
            var java = Path.of(System.getProperty("java.home"), "bin", "java");
            // This collector is the one of a container as small as the chart's.
            var command = new ArrayList<>(
                    List.of(java.toString(), "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
            command.addAll(options);
            command.addAll(List.of(jvmOptions));
            command.addAll(List.of("-jar", directory.resolve("quarkus-run.jar").toString()));
            return command;
        }
    }

    record Executable(String path) implements Artefact {
        @Override
        public List<String> command(Collection<String> variables, String... jvmOptions) {
            return List.of(path);
        }
    }

    /** As little as a container may have: no capability, nothing to write to but /tmp, a user without a name. */
    record Image(String name, String container) implements Artefact {
        @Override
        public List<String> command(Collection<String> variables, String... jvmOptions) {
            var command = new ArrayList<>(List.of(engine(), "run", "--rm", "--name", container));
            command.addAll(List.of("--network=host", "--read-only", "--tmpfs=/tmp:exec", "--user=1234567:0"));
            command.addAll(List.of("--cap-drop=ALL", "--security-opt=no-new-privileges", "--memory=512m"));
            var more = System.getProperty("freshet.image.options", "");
            command.addAll(List.of(more.isEmpty() ? new String[0] : more.split(" ", -1)));
            variables.forEach(variable -> command.add("--env=" + variable));
            command.add(name);
            return command;
        }

        @Override
        public List<String> signal(String name, Process process) {
            return List.of(engine(), "kill", "--signal=" + name, container);
        }

        private static String engine() {
            return System.getProperty("freshet.image.engine", "docker");
        }
    }

    /** Returns when the signal was sent, or says why it was not, such as to a process that has ended. */
    default Optional<String> send(String signal, Process process) {
        try {
            var kill = new ProcessBuilder(signal(signal, process)).start();
            var said = new String(kill.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            return kill.waitFor() == 0 ? Optional.empty() : Optional.of(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
