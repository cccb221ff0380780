package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.PackagedApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What is shipped carries nothing that is for development and tests only. */
class PackageIT {

    private static final List<String> FOR_DEVELOPMENT_ONLY =
            List.of("io/freshet/sandbox/", "io/freshet/dev/", "kafka/server/", "org/apache/kafka/raft/", "org/junit/");

    @Test
    @DisabledIfSystemProperty(
            named = "freshet.executable",
            matches = ".+",
            disabledReason = "the executable has no jars")
    void shouldContainNeitherTheSandboxNorABroker() throws IOException {
        try (var files = Files.walk(PackagedApplication.directory())) {
            var jars = files.filter(file -> file.toString().endsWith(".jar")).toList();

            assertThat(jars).hasSizeGreaterThan(50);
            assertThat(jars.stream().flatMap(PackageIT::classes))
                    .contains("io/freshet/RefreshOnChange.class")
                    .noneMatch(name -> FOR_DEVELOPMENT_ONLY.stream().anyMatch(name::startsWith));
        }
    }

    private static Stream<String> classes(Path jar) {
        try (var file = new JarFile(jar.toFile())) {
            return file.stream().map(ZipEntry::getName).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
