package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.event.AsyncApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/asyncapi.yaml says what is stored, to the last field. */
class DocumentedStateTest {

    private static final Map<String, String> SCHEMAS =
            Map.of("report", "ReportState", "change", "OpenChange", "limit", "RequestLimit", "layout", "StateLayout");

    private final AsyncApi api = AsyncApi.read();

    static Set<String> files() {
        return StoredSamples.today().keySet();
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldDescribeAllThatIsStored(String file) {
        var schema = api.schema(Objects.requireNonNull(SCHEMAS.get(StoredSamples.kind(file)), file));

        assertThat(api.faults(schema, AsyncApi.json(StoredSamples.bytes(file)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ReportState", "OpenChange", "RequestLimit", "StateLayout"})
    void shouldDescribeNothingThatIsNeverStored(String schema) {
        var stored = new TreeSet<String>();
        files().stream()
                .filter(file -> schema.equals(SCHEMAS.get(StoredSamples.kind(file))))
                .forEach(file -> addFields("", AsyncApi.json(StoredSamples.bytes(file)), stored));
        var described = new TreeSet<String>();
        addDescribed("", api.schema(schema), described);

        assertThat(described).isEqualTo(stored);
    }

    private static void addFields(String path, JsonNode json, Set<String> fields) {
        json.properties().forEach(field -> {
            fields.add(path + field.getKey());
            addFields(path + field.getKey() + ".", field.getValue(), fields);
        });
        json.elements().forEachRemaining(element -> {
            if (json.isArray()) {
                addFields(path, element, fields);
            }
        });
    }

    private void addDescribed(String path, JsonNode schema, Set<String> fields) {
        if (schema.has("$ref")) {
            addDescribed(path, api.at(schema.path("$ref").asText()), fields);
        }
        if (schema.has("items")) {
            addDescribed(path, schema.path("items"), fields);
        }
        schema.path("properties").properties().forEach(property -> {
            fields.add(path + property.getKey());
            addDescribed(path + property.getKey() + ".", property.getValue(), fields);
        });
    }

    @ParameterizedTest
    @CsvSource({"state, report", "openChange, change", "limit, limit", "layout, layout"})
    void shouldReadTheExamples(String message, String kind) throws IOException {
        for (var example : api.message(message).path("examples")) {
            var payload = example.path("payload").toString().getBytes(StandardCharsets.UTF_8);

            assertThat(AsyncApi.json(StoredSamples.write(StoredSamples.read(kind, payload))))
                    .isEqualTo(AsyncApi.json(payload));
        }
    }

    @Test
    void shouldHaveAnExampleOfEveryKind() {
        assertThat(Set.of("state", "openChange", "limit", "layout"))
                .allSatisfy(message ->
                        assertThat(api.message(message).path("examples")).isNotEmpty());
    }
}
