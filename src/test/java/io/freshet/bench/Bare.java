package io.freshet.bench;

import io.freshet.testing.Scene;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What people write who write it themselves: one call after the other, no budget, no memory; with the HTTP client that
 * Freshet's REST client is made of.
 */
final class Bare implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = vertx.createHttpClient();
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
        return send(HttpMethod.GET, path, Buffer.buffer());
    }

    String post(String report, String dataset) {
        var body = "{\"report\": {\"dataset_tokens\": [{\"token\": \"%s\"}]}}".formatted(dataset);
        return send(HttpMethod.POST, "reports/" + report + "/runs", Buffer.buffer(body));
    }

    private String send(HttpMethod method, String path, Buffer body) {
        var options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(root.resolve(path).toString())
                .putHeader("Authorization", authorization)
                .putHeader("Content-Type", "application/json");
        return http.request(options)
                .compose(request -> answer(request, body))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static Future<String> answer(HttpClientRequest request, Buffer body) {
        return request.send(body)
                .compose(response -> response.body())
                .map(buffer -> buffer.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
