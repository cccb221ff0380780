package io.freshet.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What {@code deploy/} holds. */
final class Manifests {

    static final Path DEPLOY = Path.of("deploy");
    static final Path HELM = DEPLOY.resolve("helm");

    private final List<JsonNode> documents;

    private Manifests(List<JsonNode> documents) {
        this.documents = documents;
    }

    /** The chart as it was rendered with one of the examples. */
    static Manifests rendered(String example) {
        return new Manifests(yaml(HELM.resolve("rendered").resolve(example))
                .filter(JsonNode::isObject)
                .toList());
    }

    static Stream<JsonNode> yaml(Path file) {
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(file.toFile())) {
            return documents.readAll().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    Stream<JsonNode> ofKind(String kind) {
        return documents.stream()
                .filter(document -> document.path("kind").asText().equals(kind));
    }

    JsonNode one(String kind) {
        var found = ofKind(kind).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " documents of kind " + kind);
        }
        return found.get(0);
    }

    JsonNode pod() {
        return one("Deployment").path("spec").path("template").path("spec");
    }

    JsonNode container() {
        return pod().path("containers").path(0);
    }

    List<JsonNode> documents() {
        return documents;
    }
}
