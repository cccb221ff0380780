package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.EventStream;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** No credential is in anything that what is shipped shows, writes or logs; not while all goes well, and not otherwise. */
class SecretsIT {

    private static final String ADMIN = "a-packaged-admin-token-of-some-length";
    private static final String WRONG = "somebody-has-sent-this-wrong-token-by-mistake";
    private static final String WEBHOOK = "a-secret-of-webhooks-of-some-length";
    private static final String SOURCE = "50acce0f0001";
    private static final String DATASET = "da7a5e700001";
    private static final String REPORT = "4e9047000001";
    private static final SandboxSettings MODE = Prompt.MODE.withCredentials("mode-token-5e2f81", "mode-secret-c07a44");
    private static final List<String> TOPICS = List.of(
            "upstream-data-changed",
            "refresh-requested",
            "run-accepted",
            "run-finished",
            "run-rejected",
            "freshet-state",
            "freshet-inbox",
            "upstream-data-changed-dlq");

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> shown = new ArrayList<>();

    @Test
    void shouldShowNoCredentialAnywhere() {
        try (var scene = Scene.open(MODE)) {
            fill(scene);
            var application = scene.start(Prompt.but(Map.of(
                    "freshet.access.\"ops\".token", ADMIN,
                    "freshet.access.\"ops\".roles", "admin",
                    "freshet.admin.timeout", "3s",
                    "freshet.webhooks.\"shop\".kind", "airbyte",
                    "freshet.webhooks.\"shop\".secret", WEBHOOK,
                    "freshet.webhooks.\"shop\".data-source", SOURCE,
                    "quarkus.log.category.\"io.freshet\".level", "DEBUG",
                    "quarkus.log.category.\"io.quarkus.security\".level", "DEBUG",
                    "quarkus.log.category.\"io.quarkus.oidc\".level", "DEBUG")));
            var root = application.url();

            scene.change("{\"data_source\": \"%s\"}".formatted(SOURCE));
            scene.change("no change at all");
            scene.eventually(() -> assertThat(scene.events("run-finished")).hasSize(1));
            everyWebhook(root);
            everyRead(application);
            everyWrite(root, "Bearer " + ADMIN);
            everyWrite(root, "Bearer " + WRONG);
            everyWrite(root, "Basic " + encoded("admin:" + ADMIN));
            scene.sandbox().credentials("another", "one");
            scene.change("{\"data_source\": \"%s\"}".formatted(SOURCE));
            application.awaitLine("mode=in_trouble");
            everyRead(application);
            everyWrite(root, "Bearer " + ADMIN);
            application.stop();
            TOPICS.forEach(topic -> scene.topics()
                    .read(topic)
                    .forEach(record -> shown.add(record.toString() + text(record.key()) + text(record.value()))));
            shown.addAll(application.lines());

            assertThat(shown).anyMatch(text -> text.contains("admin=refresh by=ops"));
            assertThat(shown).anyMatch(text -> text.contains("admin=send by=ops"));
            assertThat(shown).anyMatch(text -> text.contains("webhook=shop outcome=sent"));
            assertThat(shown).anyMatch(text -> text.contains("webhook=shop outcome=unsigned"));
            assertThat(shown).anyMatch(text -> text.contains("freshet_mode_requests_total"));
            assertThat(shown).anyMatch(text -> text.contains("\"letters\""));
            assertThat(shown).anyMatch(text -> text.contains("name=finished"));
            assertThat(shown).anyMatch(text -> text.contains("freshet.access"));
            assertThat(shown).noneMatch(SecretsIT::showsACredential);
        }
    }

    private static void fill(Scene scene) {
        var workspace = scene.sandbox().workspace();
        workspace.addDataSource(SOURCE, "Warehouse");
        workspace.addSpace("59ace0000001", "Sales");
        workspace.addDataset(DATASET, "Orders", SOURCE, "59ace0000001");
        workspace.addReport(REPORT, "Daily", "59ace0000001", DATASET);
    }

    private void everyRead(PackagedApplication application) {
        List.of(
                        "/",
                        "/page.js",
                        "/api/v1/status",
                        "/api/v1/reports?limit=1000",
                        "/api/v1/runs?limit=200",
                        "/api/v1/runs?limit=x",
                        "/api/v1/nothing",
                        "/q/openapi")
                .forEach(path -> ask(
                        HttpRequest.newBuilder(application.url().resolve(path)).build()));
        try (var stream = EventStream.open(application.url().resolve("/api/v1/events?after=0"))) {
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(stream.events()).extracting("name").contains("status"));
            shown.add(stream.events().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        List.of("/q/health", "/q/health/live", "/q/health/ready", "/q/metrics")
                .forEach(path ->
                        ask(HttpRequest.newBuilder(application.managementUrl().resolve(path))
                                .build()));
    }

    private void everyWrite(URI root, String credential) {
        var bodies = Map.of(
                "/api/v1/plans",
                "{\"data_source\": \"%s\"}".formatted(SOURCE),
                "/api/v1/changes",
                "{\"datasets\": [\"%s\"]}".formatted(DATASET),
                "/api/v1/dead_letters/redrives",
                "{\"dry_run\": false}",
                "/api/v1/workspaces/acme/reports/" + REPORT + "/refreshes",
                "{\"dataset_tokens\": [\"%s\"]}".formatted(DATASET));
        bodies.forEach((path, body) -> ask(HttpRequest.newBuilder(root.resolve(path))
                .header("Authorization", credential)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build()));
    }

    /** A good one, one of no success, one that is no use, and one of a stranger. */
    private void everyWebhook(URI root) {
        var success = "{\"data\": {\"success\": true, \"jobId\": 9988}}";
        for (var body : List.of(success, "{\"data\": {\"success\": false}}", "{\"data\": {\"success\": true}}")) {
            ask(HttpRequest.newBuilder(root.resolve("/webhooks/changes/shop/" + WEBHOOK))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build());
        }
        ask(HttpRequest.newBuilder(root.resolve("/webhooks/changes/shop/" + WRONG))
                .POST(HttpRequest.BodyPublishers.ofString(success))
                .build());
    }

    private void ask(HttpRequest request) {
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            shown.add(answer.statusCode() + " " + answer.headers().map() + " " + answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static boolean showsACredential(String text) {
        return text.contains(ADMIN)
                || text.contains(WRONG)
                || text.contains(WEBHOOK)
                || text.contains(MODE.token())
                || text.contains(MODE.secret())
                || text.contains(encoded(MODE.token() + ':' + MODE.secret()))
                || text.contains(encoded("admin:" + ADMIN));
    }

    private static String encoded(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte @org.jspecify.annotations.Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
