package io.freshet.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One page in a Chromium without a window, spoken to by its DevTools protocol. */
public final class Chromium implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Chromium(Process process, Path profile, URI page) {
        this.process = process;
        this.profile = profile;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Listener())
                .join();
        List.of("Page", "Runtime", "Log").forEach(domain -> call(domain + ".enable", Map.of()));
    }

    /** Where it is on this machine, if it is. */
    public static Optional<Path> binary() {
        var path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(path.split(File.pathSeparator, -1)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Chromium start(Path binary) throws IOException, InterruptedException {
        var profile = Files.createTempDirectory("chromium");
        var process = new ProcessBuilder(
                        binary.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var portFile = profile.resolve("DevToolsActivePort");
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(portFile) && Files.size(portFile) > 0);
        var list = URI.create("http://127.0.0.1:%s/json/list"
                .formatted(Files.readAllLines(portFile).get(0)));
        var targets = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString())
                .body();
        for (var target : MAPPER.readTree(targets)) {
            if (target.path("type").asText().equals("page")) {
                return new Chromium(
                        process,
                        profile,
                        URI.create(target.path("webSocketDebuggerUrl").asText()));
            }
        }
        throw new IllegalStateException(targets);
    }

    public void window(int width, int height, String colourScheme) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        var feature = Map.of("name", "prefers-color-scheme", "value", colourScheme);
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    public void open(URI uri) {
        call("Page.navigate", Map.of("url", uri.toString()));
    }

    /** What an expression is in the page, once a promise of it is kept. */
    public JsonNode evaluate(String expression) {
        var answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.toString());
        }
        return answer.path("result").path("value");
    }

    /** A key that has a name, such as Tab. */
    public void press(String key, int code) {
        for (var type : List.of("keyDown", "keyUp")) {
            var event = new HashMap<String, Object>(
                    Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
            if (key.equals("Enter") && type.equals("keyDown")) {
                event.put("text", "\r");
            }
            call("Input.dispatchKeyEvent", event);
        }
    }

    /** A key that writes a character. */
    public void press(String character) {
        call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", character, "text", character));
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", character));
    }

    /** Into whatever has the focus. */
    public void type(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    public void reload() {
        call("Page.reload", Map.of());
    }

    public void offline(boolean is) {
        call("Network.enable", Map.of());
        call(
                "Network.emulateNetworkConditions",
                Map.of("offline", is, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    public byte[] screenshot() {
        return Base64.getDecoder()
                .decode(call("Page.captureScreenshot", Map.of("format", "png"))
                        .path("data")
                        .asText());
    }

    /** Errors of the page's script, and what the browser refused, since the last look. */
    public List<String> complaints() {
        var all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        var id = calls.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        answers.put(id, answer);
        ObjectNode message = MAPPER.createObjectNode().put("id", id).put("method", method);
        message.set("params", MAPPER.valueToTree(parameters));
        socket.sendText(message.toString(), true).join();
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        // Its other processes end a moment later, and until then they write to the folder.
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(this::isCleared);
    }

    private boolean isCleared() throws IOException {
        try (var files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
        return Files.notExists(profile);
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(String message) {
            try {
                var read = MAPPER.readTree(message);
                var answer = answers.remove(read.path("id").asInt());
                if (answer != null) {
                    answer.complete(read.path("result"));
                }
                if (isComplaint(read)) {
                    complaints.add(read.path("params").toString());
                }
            } catch (IOException e) {
                complaints.add(message);
            }
        }

        private static boolean isComplaint(JsonNode message) {
            return switch (message.path("method").asText()) {
                case "Runtime.exceptionThrown" -> true;
                case "Log.entryAdded" ->
                    message.at("/params/entry/level").asText().equals("error");
                default -> false;
            };
        }
    }
}
