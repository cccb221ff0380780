package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.testing.PackagedApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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
                    .contains("io/freshet/Application.class")
                    .noneMatch(name -> FOR_DEVELOPMENT_ONLY.stream().anyMatch(name::startsWith));
        }
    }

    /** By place and by hash, so that whoever looks for a flaw in the list has looked at the package. */
    @Test
    @DisabledIfSystemProperty(
            named = "freshet.executable",
            matches = ".+",
            disabledReason = "the executable has no jars")
    void shouldBeListedInTheBillOfMaterials() throws IOException {
        var directory = PackagedApplication.directory();
        var listed = new TreeSet<String>();
        new ObjectMapper()
                .readTree(directory.resolveSibling("quarkus-run-cyclonedx.json").toFile())
                .path("components")
                .forEach(component -> component
                        .at("/evidence/occurrences")
                        .forEach(place ->
                                listed.add(place.path("location").asText() + " " + hash(component.path("hashes")))));

        try (var files = Files.walk(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith(".jar"))
                            .filter(file -> !file.endsWith("quarkus-run.jar")) // the list is about that one
                            .map(file -> directory.relativize(file).toString().replace('\\', '/') + " " + sha256(file)))
                    .hasSizeGreaterThan(50)
                    .allMatch(listed::contains);
        }
    }

    private static String hash(JsonNode hashes) {
        return StreamSupport.stream(hashes.spliterator(), false)
                .filter(hash -> hash.path("alg").asText().equals("SHA-256"))
                .map(hash -> hash.path("content").asText())
                .findFirst()
                .orElse("");
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
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
