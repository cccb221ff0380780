package io.freshet.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;

/** What a builder of native executables is given: a jar of all that is generated, the libraries, and its arguments. */
record NativeSources(Path directory) {

    private static final String METADATA = "META-INF/native-image/";
    private static final String OURS = METADATA + "io.freshet/freshet/";

    static NativeSources ofTheBuild() {
        return new NativeSources(Path.of(System.getProperty("freshet.native-sources", "target/native-sources")));
    }

    List<String> arguments() throws IOException {
        return List.of(
                Files.readString(directory.resolve("native-image.args")).strip().split("\\s+"));
    }

    /** Of which every constructor, method and field may be looked up, as Jackson does. */
    Set<String> open() {
        var names = new HashSet<String>();
        reflection()
                .filter(each -> each.path("allDeclaredConstructors").asBoolean())
                .filter(each -> each.path("allDeclaredMethods").asBoolean())
                .filter(each -> each.path("allDeclaredFields").asBoolean())
                .forEach(each -> names.add(each.path("name").asText()));
        return names;
    }

    /** Of which an instance may be made by name. */
    Set<String> instantiable() {
        var names = new HashSet<String>();
        reflection()
                .filter(each ->
                        each.path("allDeclaredConstructors").asBoolean() || has(each.path("methods"), "name", "<init>"))
                .forEach(each -> names.add(each.path("name").asText()));
        return names;
    }

    private Stream<JsonNode> reflection() {
        return Stream.of(METADATA, OURS).flatMap(where -> each(json(where + "reflect-config.json")));
    }

    /** Whether code that isn't Java may look the field up. */
    boolean letsNativeCodeUse(String type, String field) {
        return each(json(OURS + "jni-config.json"))
                .filter(each -> each.path("name").asText().equals(type))
                .anyMatch(each -> has(each.path("fields"), "name", field));
    }

    /** Whether the executable will hold this resource. */
    boolean holds(String resource) {
        return Stream.of(METADATA, OURS)
                .flatMap(where -> each(json(where + "resource-config.json").at("/resources/includes")))
                .anyMatch(each -> Pattern.matches(each.path("pattern").asText(), resource));
    }

    /** Those that come with the metadata, such as where what is initialised when. */
    String ourArguments() {
        return text(OURS + "native-image.properties");
    }

    JsonNode json(String entry) {
        try {
            return new ObjectMapper().readTree(text(entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String entry) {
        try (var jar = new JarFile(runner().toFile());
                var content = jar.getInputStream(jar.getEntry(entry))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path runner() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What the library whose file's name has this in it holds. */
    List<String> entriesOf(String library) throws IOException {
        try (var files = Files.list(directory.resolve("lib"))) {
            var file = files.filter(each -> each.toString().contains(library))
                    .findFirst()
                    .orElseThrow();
            try (var jar = new JarFile(file.toFile())) {
                return jar.stream().map(ZipEntry::getName).toList();
            }
        }
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static boolean has(JsonNode array, String field, String value) {
        return each(array).anyMatch(each -> each.path(field).asText().equals(value));
    }
}
