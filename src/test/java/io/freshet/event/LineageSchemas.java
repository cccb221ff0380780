package io.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** OpenLineage's schemas and Freshet's own, and whether an event is as they say: each part as the one that it names. */
public final class LineageSchemas {

    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final Map<String, String> texts;
    private final JsonSchemaFactory factory;

    private LineageSchemas(Map<String, String> texts) {
        this.texts = texts;
        this.factory = JsonSchemaFactory.getInstance(
                VersionFlag.V202012, builder -> builder.schemaLoaders(loaders -> loaders.schemas(texts)));
    }

    public static LineageSchemas read() {
        var texts = new HashMap<String, String>();
        try (var spec = Files.list(Path.of("src/test/resources/openlineage"))) {
            Stream.concat(spec, Stream.of(Path.of("docs/openlineage-facet.json")))
                    .filter(file -> file.toString().endsWith(".json"))
                    .map(LineageSchemas::text)
                    .forEach(text -> texts.put(
                            AsyncApi.json(text.getBytes(UTF_8)).path("$id").asText(), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LineageSchemas(texts);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with an event; nothing if it is as its schema says. */
    public List<String> faults(JsonNode event) {
        var faults = new ArrayList<>(faults(event.path("schemaURL").asText(), event));
        Stream.of(event.at("/run"), event.at("/job")).forEach(part -> faults.addAll(ofFacets(part.path("facets"))));
        Stream.of("inputs", "outputs")
                .forEach(list -> event.path(list).forEach(dataset -> faults.addAll(ofFacets(dataset.path("facets")))));
        return faults;
    }

    private List<String> ofFacets(JsonNode facets) {
        return facets.properties().stream()
                .flatMap(facet -> faults(facet.getValue().path("_schemaURL").asText(), facet.getValue()).stream())
                .toList();
    }

    private static String document(String url) {
        return url.substring(0, Math.max(0, url.indexOf('#')));
    }

    private List<String> faults(String url, JsonNode value) {
        if (!texts.containsKey(document(url))) {
            return List.of("no schema " + url);
        }
        return factory.getSchema(SchemaLocation.of(url), STRICT).validate(value).stream()
                .map(fault -> url + ": " + fault.getMessage())
                .toList();
    }
}
