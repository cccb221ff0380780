package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.event.AsyncApi;
import io.freshet.event.BatchKey;
import io.freshet.event.ChangeDigests;
import io.freshet.event.ChangeKey;
import io.freshet.event.ChangeOutcome;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.DataFreshness;
import io.freshet.event.NotSucceeded;
import io.freshet.event.RunCounts;
import io.freshet.event.Settlement;
import io.freshet.event.Target;
import io.freshet.event.Traces;
import io.freshet.state.OpenBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/asyncapi.yaml says what is stored, to the last field. */
class DocumentedStateTest {

    private static final Map<String, String> SCHEMAS = Map.of(
            "report", "ReportState",
            "dataset", "ReportState",
            "change", "OpenChange",
            "batch", "BatchState",
            "fact", "WorkspaceFact",
            "unshown", "Unshown",
            "tables", "DatasetSql",
            "lineage", "LineageRun",
            "limit", "RequestLimit",
            "layout", "StateLayout");

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final BatchKey BATCH = new BatchKey("acme", 17);
    private static final ChangeDigests MEMBERS = ChangeDigests.fromBase64("0NfCJq4R5vUYj7tbcXf4AA==");
    private static final NotSucceeded UNKNOWN =
            new NotSucceeded("d2", "dataset", "left_out", "dataset_not_found", null);
    private static final NotSucceeded FAILED = new NotSucceeded("r1", "report", "failed", "run_failed", "run1");

    private final AsyncApi api = AsyncApi.read();

    static Set<String> files() {
        return StoredSamples.today().keySet();
    }

    /** All that a record of a batch can say. */
    static List<byte[]> batches() {
        var targets = Stream.of(
                new Target.DataSource("5a1d"),
                new Target.Space("50ace"),
                new Target.Datasets(new TreeSet<>(List.of("d1"))),
                new Target.Report("r1", new TreeSet<>(List.of("d1"))));
        var open = targets.map(DocumentedStateTest::batch).toList();
        var refused =
                OpenBatch.refused(BATCH, new Target.Space("50ace"), ChangeRefs.none(), MEMBERS, MEMBERS, UNKNOWN, NOON);
        var settlement = new Settlement(
                ChangeOutcome.PARTLY,
                new RunCounts(1, 0, 0, 0, 1, 0),
                List.of(FAILED),
                Optional.of(NOON),
                DataFreshness.STALE,
                NOON);
        return Stream.of(
                        open.stream().map(BatchJson::write),
                        Stream.of(BatchJson.write(refused), BatchJson.write(refused, settlement)),
                        open.stream().map(batch -> BatchJson.write(batch, settlement)))
                .flatMap(written -> written)
                .toList();
    }

    private static OpenBatch batch(Target target) {
        var changes = ChangeRefs.of(new ChangeRef("/etl", "load-1", NOON, "nightly", "5a1d"))
                .in(Traces.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        return OpenBatch.planned(BATCH, target, changes, MEMBERS, 2, 0, List.of(UNKNOWN), NOON);
    }

    @ParameterizedTest
    @MethodSource("batches")
    void shouldDescribeAllThatIsStoredOfABatch(byte[] batch) {
        assertThat(api.faults(api.schema("BatchState"), AsyncApi.json(batch))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldDescribeAllThatIsStored(String file) {
        var schema = api.schema(Objects.requireNonNull(SCHEMAS.get(StoredSamples.kind(file)), file));

        assertThat(api.faults(schema, AsyncApi.json(StoredSamples.bytes(file)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ReportState",
        "OpenChange",
        "BatchState",
        "WorkspaceFact",
        "Unshown",
        "DatasetSql",
        "RequestLimit",
        "StateLayout"
    })
    void shouldDescribeNothingThatIsNeverStored(String schema) {
        var stored = new TreeSet<String>();
        files().stream()
                .filter(file -> schema.equals(SCHEMAS.get(StoredSamples.kind(file))))
                .forEach(file -> addFields("", AsyncApi.json(StoredSamples.bytes(file)), stored));
        if (schema.equals(SCHEMAS.get("batch"))) {
            batches().forEach(batch -> addFields("", AsyncApi.json(batch), stored));
        }
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
    @CsvSource({
        "state, report",
        "openChange, change",
        "fact, fact",
        "unshown, unshown",
        "lineageRun, lineage",
        "limit, limit",
        "layout, layout"
    })
    void shouldReadTheExamples(String message, String kind) throws IOException {
        for (var example : api.message(message).path("examples")) {
            var payload = example.path("payload").toString().getBytes(StandardCharsets.UTF_8);

            assertThat(AsyncApi.json(StoredSamples.write(StoredSamples.read(kind, payload))))
                    .isEqualTo(AsyncApi.json(payload));
        }
    }

    /** Of a settled one no more is read than which changes are known. */
    @Test
    void shouldReadTheExamplesOfBatches() throws IOException {
        var open = new ArrayList<JsonNode>();
        var remembered = new ArrayList<RememberedBatch>();
        for (var example : api.message("batch").path("examples")) {
            var payload = example.path("payload").toString().getBytes(StandardCharsets.UTF_8);

            BatchJson.read(BATCH, payload, batch -> open.add(AsyncApi.json(BatchJson.write(batch))), remembered::add);
        }

        assertThat(open).containsExactly(api.message("batch").at("/examples/0/payload"));
        assertThat(remembered).singleElement().satisfies(batch -> assertThat(batch.digests())
                .containsExactly(ChangeKey.digest("/etl/orders", "load-2026-01-31-0600")));
    }

    @Test
    void shouldHaveAnExampleOfEveryKind() {
        assertThat(Set.of("state", "openChange", "batch", "fact", "unshown", "lineageRun", "limit", "layout"))
                .allSatisfy(message ->
                        assertThat(api.message(message).path("examples")).isNotEmpty());
    }
}
