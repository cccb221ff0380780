package io.freshet.lineage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.event.Damage;
import io.freshet.event.InboundRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Events of OpenLineage as chance has them: of any shape, of few runs that tell of themselves often, and some damaged. */
public final class RandomEvents {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> SAMPLES = List.of(
            LineageSamples.AIRFLOW_TASK,
            LineageSamples.SPARK_SQL_JOB,
            LineageSamples.DBT_MODEL,
            LineageSamples.DBT_TEST,
            LineageSamples.FLINK_CHECKPOINT,
            LineageSamples.DATASET_EVENT,
            LineageSamples.JOB_EVENT);
    private static final List<String> TYPES =
            List.of("START", "RUNNING", "COMPLETE", "FAIL", "ABORT", "OTHER", "", "new");
    private static final List<String> TIMES =
            List.of("2026-01-31T06:00:00Z", "2026-01-31T06:00:00.123456789+10:00", "1969-01-01T00:00:00Z", "soon", "");
    private static final List<String> NAMESPACES = List.of(
            "postgres://elsewhere:5432",
            "postgres://a:1,b:2",
            "snowflake://x-y",
            "bigquery",
            "s3://lake",
            "unity-catalog",
            "arn:aws:glue:eu-west-1:1",
            "://",
            "kafka://broker:9092",
            "sqlserver://h:1433/i",
            "mysql://[::1]:3306",
            "x");
    private static final List<String> NAMES = List.of(
            "a.b.c", "\"A\".\"b.c\"", "t", "warehouse/a/b", "table/a/b", "..", "\"", "é.ü.\u202e", " ", "[a].[b]");

    private final Random random;

    public RandomEvents(Random random) {
        this.random = random;
    }

    public byte[] next() {
        var made = random.nextInt(4) == 0 ? one(SAMPLES) : text(event());
        var bytes = made.getBytes(StandardCharsets.UTF_8);
        return random.nextInt(10) == 0 ? damaged(bytes) : bytes;
    }

    private byte[] damaged(byte[] bytes) {
        var whole = new InboundRecord("openlineage", 0, 0, Instant.EPOCH, null, bytes, new RecordHeaders());
        return Objects.requireNonNullElseGet(Damage.to(whole, random).value(), () -> new byte[0]);
    }

    private ObjectNode event() {
        var fields = new ArrayList<String>(List.of(
                "eventType",
                "eventTime",
                "producer",
                "schemaURL",
                "run",
                "job",
                "inputs",
                "outputs",
                "facets",
                "dataset"));
        Collections.shuffle(fields, random);
        var event = MAPPER.createObjectNode();
        fields.forEach(field -> event.set(field, odd(() -> field(field))));
        if (random.nextBoolean()) {
            event.remove("dataset");
        }
        return event;
    }

    private JsonNode field(String field) {
        return switch (field) {
            case "eventType" -> word(one(TYPES));
            case "eventTime" -> word(one(TIMES));
            case "run" ->
                MAPPER.createObjectNode()
                        .<ObjectNode>set("facets", junk(4))
                        .set("runId", odd(() -> word("run-" + random.nextInt(200))));
            case "job" -> job();
            case "inputs", "outputs" -> outputs();
            case "facets" -> junk(5);
            default -> word("https://example.test/" + field);
        };
    }

    private JsonNode job() {
        var job = MAPPER.createObjectNode().put("namespace", "etl").put("name", "job-" + random.nextInt(100));
        job.set("facets", odd(() -> {
            var facets = MAPPER.createObjectNode();
            facets.set("theirs", junk(4));
            facets.set(
                    "jobType",
                    MAPPER.createObjectNode().put("integration", "DBT").put("jobType", one(List.of("TEST", "MODEL"))));
            return facets;
        }));
        return job;
    }

    private JsonNode outputs() {
        var outputs = MAPPER.createArrayNode();
        for (var n = random.nextInt(6); n > 0; n--) {
            outputs.add(odd(() -> {
                var output = MAPPER.createObjectNode();
                output.set("namespace", odd(() -> word(one(NAMESPACES))));
                output.set("name", odd(() -> word(one(NAMES))));
                output.set("facets", odd(this::facets));
                return output;
            }));
        }
        return outputs;
    }

    private JsonNode facets() {
        var facets = MAPPER.createObjectNode();
        facets.set("schema", junk(4));
        facets.putObject("lifecycleStateChange").put("lifecycleStateChange", one(List.of("DROP", "CREATE")));
        var links = facets.putObject("symlinks").putArray("identifiers");
        links.addObject()
                .put("namespace", one(NAMESPACES))
                .put("name", one(NAMES))
                .put("type", "TABLE");
        links.add(junk(2));
        return facets;
    }

    /** Now and then something of any other type. */
    private JsonNode odd(Supplier<JsonNode> usual) {
        return random.nextInt(25) == 0 ? junk(3) : usual.get();
    }

    private JsonNode junk(int depth) {
        var nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.numberNode(random.nextDouble() * 1e300);
            case 2 -> nodes.booleanNode(random.nextBoolean());
            case 3 -> word("x".repeat(random.nextInt(3_000)));
            case 4 -> nodes.numberNode(random.nextLong());
            case 5 -> word(one(NAMES));
            case 6 -> nodes.arrayNode().add(junk(depth - 1)).add(junk(depth - 1));
            default ->
                nodes.objectNode().<ObjectNode>set("outputs", junk(depth - 1)).set("runId", junk(depth - 1));
        };
    }

    private static JsonNode word(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
