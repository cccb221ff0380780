package io.freshet.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;

/** Calls the sandbox as a client would. */
final class Caller {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Sandbox sandbox;
    private final String authorization;
    private final Duration patience;

    private Caller(Sandbox sandbox, String authorization, Duration patience) {
        this.sandbox = sandbox;
        this.authorization = authorization;
        this.patience = patience;
    }

    static Caller of(Sandbox sandbox) {
        return of(sandbox, "sandbox-token", "sandbox-secret");
    }

    static Caller of(Sandbox sandbox, String token, String secret) {
        var pair = (token + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return new Caller(sandbox, "Basic " + Base64.getEncoder().encodeToString(pair), Duration.ofSeconds(10));
    }

    Caller withPatience(Duration other) {
        return new Caller(sandbox, authorization, other);
    }

    /** @param path within the account */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return call("GET", "/api/acme/" + path, "");
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return call("POST", "/api/acme/" + path, body);
    }

    HttpResponse<String> call(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(sandbox.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", authorization)
                .header("Accept", "application/hal+json")
                .header("Content-Type", "application/json")
                .timeout(patience)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Of an answer that has to be good. One without a body has nothing in it. */
    JsonNode json(String path) throws IOException, InterruptedException {
        var answer = get(path);
        if (answer.statusCode() != 200 && answer.statusCode() != 204) {
            throw new AssertionError(path + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return json(answer);
    }

    List<JsonNode> rows(String path, String key) throws IOException, InterruptedException {
        return StreamSupport.stream(json(path).at("/_embedded/" + key).spliterator(), false)
                .toList();
    }

    List<String> tokens(String path) throws IOException, InterruptedException {
        return rows(path, "reports").stream()
                .map(row -> row.path("token").asText())
                .toList();
    }

    static JsonNode json(HttpResponse<String> answer) throws JsonProcessingException {
        return MAPPER.readTree(answer.body());
    }
}
