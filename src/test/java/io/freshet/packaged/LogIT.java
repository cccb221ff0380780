package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is shipped logs for machines, and for people where that is asked for. */
class LogIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOURCE = "50acce0f0001";
    private static final String REPORT = "4e9047000001";

    private static PackagedApplication runOneReport(Scene scene, Map<String, String> settings) {
        var workspace = scene.sandbox().workspace();
        workspace.addDataSource(SOURCE, "Warehouse");
        workspace.addSpace("59ace0000001", "Sales");
        workspace.addDataset("da7a5e700001", "Dataset", SOURCE, "59ace0000001");
        workspace.addReport(REPORT, "Report", "59ace0000001", "da7a5e700001");
        var application = scene.start(Prompt.but(settings));
        scene.change("{\"data_source\": \"%s\"}".formatted(SOURCE));
        scene.change("no JSON");
        scene.eventually(() -> {
            assertThat(scene.events("run-finished")).hasSize(1);
            assertThat(scene.topics().read("upstream-data-changed-dlq")).hasSize(1);
        });
        application.awaitLine("dead letter record=");
        application.awaitLine("run finished account=");
        return application;
    }

    @Test
    void shouldLogJsonWithTheKeysOfTheStoryAsFields() {
        try (var scene = Scene.open(Prompt.MODE)) {
            var application = runOneReport(scene, Map.of("quarkus.log.category.\"io.freshet\".level", "DEBUG"));

            var lines = application.lines().stream().map(LogIT::json).toList();

            assertThat(fields(lines, "planned"))
                    .containsEntry("account", "acme")
                    .containsEntry("data_source", SOURCE)
                    .containsEntry("refreshes", "1");
            assertThat(fields(lines, "run finished"))
                    .containsEntry("report", REPORT)
                    .containsEntry("run", scene.events("run-finished").get(0).run())
                    .containsEntry("outcome", "succeeded");
            assertThat(fields(lines, "dead letter")).containsEntry("code", "not_json");
            assertThat(application.log()).doesNotContain(secrets());
        }
    }

    @Test
    void shouldLogTextWhereThatIsAskedFor() {
        try (var scene = Scene.open(Prompt.MODE)) {
            var application = runOneReport(scene, Map.of("quarkus.log.console.json.enabled", "false"));

            application.awaitLine("INFO  run finished account=acme report=" + REPORT);

            assertThat(application.lines()).noneMatch(line -> line.startsWith("{"));
            assertThat(application.log()).doesNotContain(secrets());
        }
    }

    private static List<String> secrets() {
        var settings = SandboxSettings.defaults();
        var basic = settings.token() + ":" + settings.secret();
        return List.of(
                settings.token(),
                settings.secret(),
                Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode json(String line) {
        try {
            var read = JSON.readTree(line);
            assertThat(read.isObject()).as(line).isTrue();
            return read;
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    private static Map<String, String> fields(List<JsonNode> lines, String message) {
        var line = lines.stream()
                .filter(one -> one.path("message").asText().startsWith(message))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line \"" + message + "\" in " + lines));
        return JSON.convertValue(
                line.path("mdc"), JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class));
    }
}
