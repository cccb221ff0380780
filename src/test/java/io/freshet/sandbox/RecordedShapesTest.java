package io.freshet.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sandbox answers with every field that Mode was recorded with, of the same type, and null where it was null. */
class RecordedShapesTest {

    private static final String SOURCE = "5ca1ab1e0001";
    private static final String SPACE = "5ca1ab1e0002";
    private static final String DATASET = "da7a5e000001";
    private static final String REPORT = "4e9047000001";
    private static final String FAILING = "4e9047000002";

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final Caller mode = Caller.of(sandbox);
    private String failedRun = "";

    @BeforeEach
    void furnish() throws Exception {
        var workspace = sandbox.workspace();
        workspace.addDataSource(SOURCE, "Orders \"warehouse\"");
        workspace.addSpace(SPACE, "Sales");
        workspace.addDataset(DATASET, "Orders \"all\"", SOURCE, SPACE);
        workspace.sql().define("order_lines", "SELECT * FROM \"lines\"");
        workspace.addReport(REPORT, "Daily \"sales\"", SPACE, DATASET);
        sandbox.runClock().takes(Duration.ZERO, Duration.ZERO);
        workspace.runByHand(REPORT, "ann");
        sandbox.runClock().endsAs(FAILING, "failed");
        workspace.addSpace("5ca1ab1e0003", "Trouble");
        workspace.addReport(FAILING, "Weekly sales", "5ca1ab1e0003", DATASET);
        failedRun = workspace.runByHand(FAILING, "ann").token();
        mode.post("reports/" + DATASET + "/runs", "");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "reports-of-space.json,  spaces/5ca1ab1e0002/reports",
        "datasets-of-space.json, spaces/5ca1ab1e0002/datasets",
        "datasets-of-space.json, data_sources/5ca1ab1e0001/datasets",
        "dataset.json,           reports/da7a5e000001",
        "data-sources.json,      data_sources",
        "spaces.json,            spaces",
        "queries.json,           reports/da7a5e000001/queries",
        "definitions.json,       definitions",
        "query-runs.json,        reports/4e9047000002/runs/FAILED/query_runs",
    })
    void shouldAnswerInTheShapeThatWasRecorded(String recording, String path) throws Exception {
        var recorded = shape(recorded(recording));

        var answered = shape(mode.json(path.replace("FAILED", failedRun)));

        assertThat(answered).containsAllEntriesOf(recorded);
    }

    private static JsonNode recorded(String file) throws IOException {
        try (var stream = RecordedShapesTest.class.getResourceAsStream("/mode-answers/" + file)) {
            return new ObjectMapper().readTree(stream);
        }
    }

    /** Each field's path and type. An id is a number or a text, so it counts as neither. */
    private static Map<String, String> shape(JsonNode document) {
        var shape = new TreeMap<String, String>();
        collect(document, "", shape);
        return shape;
    }

    private static void collect(JsonNode node, String path, Map<String, String> shape) {
        shape.put(path, path.endsWith("/id") ? "id" : node.getNodeType().toString());
        node.properties().forEach(field -> collect(field.getValue(), path + "/" + field.getKey(), shape));
        if (node.getNodeType() == JsonNodeType.ARRAY) {
            node.forEach(element -> collect(element, path + "/*", shape));
        }
    }
}
