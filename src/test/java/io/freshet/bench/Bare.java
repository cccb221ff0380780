package io.freshet.bench;

import io.freshet.testing.Scene;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What people write who write it themselves: one call after the other, no budget, no memory. */
final class Bare {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI root;
    private final String authorization;

    Bare(Scene scene) {
        var settings = scene.settings();
        this.root = URI.create(
                settings.get("freshet.workspace.url") + "/api/" + settings.get("freshet.workspace.account") + "/");
        var pair = settings.get("freshet.workspace.token") + ":" + settings.get("freshet.workspace.secret");
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    String get(String path) {
        return send(request(path).GET().build());
    }

    String post(String report, String dataset) {
        var body = "{\"report\": {\"dataset_tokens\": [{\"token\": \"%s\"}]}}".formatted(dataset);
        return send(request("reports/" + report + "/runs")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json");
    }

    private String send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
