package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.testing.Event;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** An admin's operations, as what is shipped answers them: reading and writing JSON by name. */
class HttpIT {

    private static final String ADMIN = "0123456789abcdef0123456789abcdef";
    private static final String PRODUCER = ADMIN.replace('0', '9');
    private static final String SOURCE = "50acce0f0001";
    private static final String SPACE = "59ace0000001";
    private static final String DATASET = "da7a5e700001";
    private static final String REPORT = "4e9047000001";

    private static final String OF_REPORT = "/api/v1/workspaces/acme/reports/" + REPORT;
    private static final String OF_DATASET = "/api/v1/workspaces/acme/datasets/" + DATASET;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    @DisabledIfSystemProperty(named = "freshet.image", matches = ".+", disabledReason = "it sees no file of ours")
    void shouldDoWhatAnAdminAsksFor(@TempDir Path directory) {
        try (var scene = scene()) {
            var application = scene.start(Prompt.but(Map.of(
                    "freshet.access.\"ops\".token", ADMIN,
                    "freshet.access.\"ops\".roles", "admin",
                    "freshet.access.\"etl\".token-file", tokenFile(directory),
                    "freshet.access.\"etl\".roles", "producer",
                    "freshet.read.auth", "role")));

            scene.eventually(() -> assertAnswer( // once it has partitions, and with them a part of the limit
                    ask(application, "POST", "/api/v1/plans", "{\"data_source\": \"%s\"}".formatted(SOURCE)),
                    200,
                    "/reports/0/report_token",
                    REPORT));
            var update = ask(application, "PATCH", OF_DATASET, "{\"name\": \"Renamed\"}");
            var redrive = ask(application, "POST", "/api/v1/dead_letters/redrives", "{\"limit\": 5}");
            var refresh = ask(
                    application,
                    "POST",
                    OF_REPORT + "/refreshes",
                    "{\"dataset_tokens\": [\"%s\"], \"id\": \"one\"}".formatted(DATASET));

            assertAnswer(update, 200, "/name", "Renamed");
            assertAnswer(redrive, 200, "/dry_run", "true");
            assertAnswer(refresh, 202, "/change/id", "one");
            scene.eventually(() -> assertThat(scene.events("run-finished"))
                    .extracting(Event::report)
                    .containsExactly(REPORT));
            assertAnswer(ask(application, "GET", OF_REPORT + "/runs", ""), 200, "/0/state", "succeeded");
            assertAnswer(ask(application, "GET", "/api/v1/runs", ""), 200, "/runs/0/report_token", REPORT);
            assertReadersOnly(scene, application);
            assertProducersMaySendAndNothingElse(scene, application);
        }
    }

    private static String tokenFile(Path directory) {
        try {
            return Files.writeString(directory.resolve("token"), PRODUCER + "\n")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where reading needs a role. The page itself has no data in it. */
    private void assertReadersOnly(Scene scene, PackagedApplication application) {
        assertThat(application.get("/").statusCode()).isEqualTo(200);
        for (var path : List.of(
                "/api/v1/status",
                "/api/v1/runs",
                "/api/v1/events",
                "/api/v1/reports",
                "/api/v1/reports/acme/" + REPORT,
                "/api/v1/changes?source=/http&id=one")) {
            assertThat(application.get(path).statusCode()).as(path).isEqualTo(401);
            assertThat(ask(application, PRODUCER, "GET", path, "").statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        scene.eventually(() -> assertThat(application.lines())
                .anyMatch(line -> line.contains("audit=answered status=202 method=POST") && line.contains("by=ops"))
                .anyMatch(line -> line.contains("audit=refused status=401") && line.contains("by=nobody"))
                .anyMatch(line -> line.contains("audit=refused status=403") && line.contains("by=etl")));
    }

    private void assertProducersMaySendAndNothingElse(Scene scene, PackagedApplication application) {
        var change = "{\"data_source\": \"%s\"}".formatted(SOURCE);
        assertAnswer(ask(application, PRODUCER, "POST", "/api/v1/changes", change), 202, "/accepted/0/source", "/http");
        assertAnswer(
                ask(application, PRODUCER, "POST", "/api/v1/changes", "{}"), 400, "/errors/0/code", "not_a_change");
        for (var path : List.of("/api/v1/plans", "/api/v1/dead_letters/redrives", OF_REPORT + "/refreshes")) {
            assertThat(ask(application, PRODUCER, "POST", path, "{}").statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        scene.eventually(() -> assertThat(scene.events("run-finished")).hasSize(2));
        application.awaitLine("admin=send by=etl account=acme changes=1 source=\\\"/http\\\"");
    }

    private static Scene scene() {
        var scene = Scene.open(Prompt.MODE);
        var workspace = scene.sandbox().workspace();
        workspace.addDataSource(SOURCE, "Warehouse");
        workspace.addSpace(SPACE, "Sales");
        workspace.addDataset(DATASET, "Orders", SOURCE, SPACE);
        workspace.addReport(REPORT, "Daily", SPACE, DATASET);
        return scene;
    }

    private HttpResponse<String> ask(PackagedApplication application, String method, String path, String body) {
        return ask(application, ADMIN, method, path, body);
    }

    private HttpResponse<String> ask(
            PackagedApplication application, String token, String method, String path, String body) {
        var request = HttpRequest.newBuilder(application.url().resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void assertAnswer(HttpResponse<String> answer, int status, String pointer, String value) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        try {
            assertThat(new ObjectMapper().readTree(answer.body()).at(pointer).asText())
                    .as(answer.body())
                    .isEqualTo(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
