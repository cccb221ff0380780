package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.testing.Operations;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Where no admin is configured, as is usual, what is shipped shows much, and nothing can be done over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminOffIT {

    private static final List<String> WRITES = List.of("POST", "PUT", "PATCH", "DELETE");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Scene scene = Scene.open(Prompt.MODE);

    @SuppressWarnings("NullAway.Init")
    private PackagedApplication application;

    @BeforeAll
    void start() {
        application = scene.start();
    }

    @AfterAll
    void close() {
        scene.close();
    }

    private static HttpResponse<String> send(String method, URI address, String credential, String body) {
        var request = HttpRequest.newBuilder(address)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (!credential.isEmpty()) {
            request.header("Authorization", credential);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> write(String method, URI address) {
        return send(method, address, "", "");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    @Test
    void shouldShowThePageAndTheApi() {
        assertThat(application.get("/").body()).contains("<title>Freshet");
        assertThat(application.get("/page.js").statusCode()).isEqualTo(200);
        assertThat(json(application.get("/api/v1/status"))
                        .at("/workspaces/0/account")
                        .asText())
                .isEqualTo("acme");
        var refused = application.get("/api/v1/reports?state=none");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("status").asInt()).isEqualTo(400);
        assertThat(application.get("/q/openapi").body()).contains("/api/v1/plans");
    }

    @Test
    void shouldShowHealthAndMetricsOnTheManagementPortOnly() {
        scene.eventually(
                () -> assertThat(application.getManaged("/q/health/ready").statusCode())
                        .isEqualTo(200));
        assertThat(application.getManaged("/q/metrics").body()).contains("freshet_reports");
        assertThat(application.getManaged("/api/v1/status").statusCode()).isEqualTo(404);
        assertThat(application.getManaged("/q/openapi").statusCode()).isEqualTo(404);
        assertThat(application.get("/q/health/ready").statusCode()).isEqualTo(404);
        assertThat(application.get("/q/metrics").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldSayHowToConfigureAccess() {
        var forAdmins =
                Operations.all().stream().filter(Operations::isForAdmins).toList();

        assertThat(forAdmins).hasSizeGreaterThan(5);
        for (var operation : forAdmins) {
            assertNobodyMay(operation, "");
            assertNobodyMay(operation, "Bearer a-token-that-nobody-has-configured");
        }
        assertNobodyMay(forAdmins.get(0), "Bearer ");
        assertNobodyMay(forAdmins.get(0), "Bearer null");
    }

    private void assertNobodyMay(Operations operation, String credential) {
        var answer = send(operation.method(), application.url().resolve(operation.address()), credential, "");
        assertThat(answer.statusCode()).as("%s with %s", operation, credential).isEqualTo(403);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(json(answer).path("status").asInt()).isEqualTo(403);
        assertThat(json(answer).path("detail").asText()).contains("freshet.access", "quarkus.oidc.auth-server-url");
    }

    /** Wherever it answers, and at some addresses where it doesn't. */
    @Test
    void shouldTakeNothingAnywhere() {
        var addresses = Stream.concat(
                Operations.all().stream().map(Operations::address).distinct(),
                Stream.of("/", "/page.js", "/api", "/api/v1", "/api/v1/workspaces/acme", "/api/v1/dead_letters", "/q"));

        assertThat(addresses).allSatisfy(address -> assertThat(WRITES).allSatisfy(method -> assertThat(
                        write(method, application.url().resolve(address)).statusCode())
                .as(method)
                .isIn(403, 404, 405)));
    }

    /** Quarkus' own, which take any method for a GET; health may be down. */
    @Test
    void shouldTakeWhatIsWrittenThereForAQuestion() {
        var managed = Stream.of("/q/health", "/q/health/live", "/q/health/ready", "/q/metrics")
                .map(application.managementUrl()::resolve);

        assertThat(Stream.concat(Stream.of(application.url().resolve("/q/openapi")), managed))
                .allSatisfy(address -> assertThat(WRITES).allSatisfy(method -> {
                    var answer = send(method, address, "", "{\"written\": true}");
                    assertThat(answer.statusCode()).as(method).isIn(200, 404, 405, 503);
                    assertThat(answer.body()).doesNotContain("written\": true");
                }));
    }
}
