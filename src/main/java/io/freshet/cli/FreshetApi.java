package io.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.ParseResult;

/** The service's API, as a command calls it. The token is in no list of processes. */
final class FreshetApi {

    static final String DEFAULT_URL = "http://localhost:8080";

    /** Longer than the service waits for what it answers. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration CONNECTING = Duration.ofSeconds(10);

    /**
     * @param exitCode of the command, if this is how it ends
     * @param trouble what has gone wrong, and what to do; empty if it is good
     */
    record Answer(int exitCode, JsonNode body, String trouble) {

        boolean isGood() {
            return exitCode == ExitCode.GOOD;
        }
    }

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECTING).build();
    private final URI url;
    private final Optional<String> token;

    private FreshetApi(URI url, Optional<String> token) {
        this.url = url;
        this.token = token;
    }

    /** @throws UsageException if the address or the token makes no sense */
    static FreshetApi of(ParseResult given, Map<String, String> variables) {
        var address = Options.value(given, Options.URL)
                .or(() -> Optional.ofNullable(variables.get("FRESHET_URL")))
                .orElse(DEFAULT_URL);
        return new FreshetApi(url(address), token(given, variables));
    }

    private static URI url(String address) {
        try {
            var url = URI.create(address.strip().replaceAll("/+$", ""));
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException("the address of Freshet is no URL: " + e.getMessage());
        }
        throw new UsageException(
                "the address of Freshet must be an http or https URL such as %s, and is %s: give --url or FRESHET_URL"
                        .formatted(DEFAULT_URL, address));
    }

    private static Optional<String> token(ParseResult given, Map<String, String> variables) {
        var file = Options.value(given, Options.TOKEN_FILE);
        return file.isPresent()
                ? file.map(FreshetApi::read)
                : Optional.ofNullable(variables.get("FRESHET_TOKEN"))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .or(() -> Optional.ofNullable(variables.get("FRESHET_TOKEN_FILE"))
                                .map(FreshetApi::read));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new UsageException("the file with the token can't be read: %s. See that it is there, and may be read"
                    .formatted(e.getMessage()));
        }
    }

    /** @param parts one for each {@code %s} of the template, not encoded yet */
    static String path(String template, String... parts) {
        return template.formatted(
                (Object[]) Stream.of(parts).map(FreshetApi::encoded).toArray(String[]::new));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** As CloudEvents has it in HTTP headers: all but printable ASCII is percent-encoded. */
    static String encodedAttribute(String text) {
        return text.matches("[!#$&-~]*") ? text : encoded(text);
    }

    Answer get(String path) throws InterruptedException {
        return send(request(path).GET());
    }

    Answer delete(String path) throws InterruptedException {
        return send(request(path).DELETE());
    }

    Answer post(String path, JsonNode body, Map<String, String> headers) throws InterruptedException {
        var request = request(path).header("Content-Type", "application/json");
        headers.forEach(request::header);
        return send(request.POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private Answer send(HttpRequest.Builder request) throws InterruptedException {
        try {
            return answer(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return new Answer(
                    ExitCode.LATER,
                    MissingNode.getInstance(),
                    "%s can't be reached (%s): see that Freshet runs there, or give --url or FRESHET_URL"
                            .formatted(url, e.getClass().getSimpleName()));
        } catch (IllegalArgumentException e) {
            throw new UsageException("the token holds what no header may: give FRESHET_TOKEN or --token-file anew");
        }
    }

    private Answer answer(HttpResponse<byte[]> response) {
        var body = json(response.body());
        var status = response.statusCode();
        if (status / 100 == 2 && (body.isPresent() || response.body().length == 0)) {
            return new Answer(ExitCode.GOOD, body.orElseGet(MissingNode::getInstance), "");
        }
        var isForLater = status / 100 == 5 || status == 408 || status == 429;
        return new Answer(
                isForLater ? ExitCode.LATER : ExitCode.REFUSED,
                body.orElseGet(MissingNode::getInstance),
                trouble(status, body.orElseGet(MissingNode::getInstance)));
    }

    private Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.ofNullable(mapper.readTree(body)).filter(JsonNode::isContainerNode);
        } catch (IOException e) {
            return Optional.empty(); // a proxy's page, perhaps: its status says what there is to say
        }
    }

    private String trouble(int status, JsonNode body) {
        var errors = StreamSupport.stream(body.path("errors").spliterator(), false)
                .map(error -> error.path("reason").asText());
        var said = body.path("detail")
                .asText(errors.collect(Collectors.joining(" ")))
                .replaceFirst("\\.$", "");
        var advice =
                switch (status) {
                    case 401 -> ". Set FRESHET_TOKEN, or give --token-file: freshet.access says which tokens there are";
                    case 403 -> ". The token's role may not do this: take another one";
                    default -> said.isEmpty() ? ". See that --url is Freshet's" : "";
                };
        return "%s answered %d%s%s".formatted(url, status, said.isEmpty() ? "" : ": " + said, advice);
    }
}
