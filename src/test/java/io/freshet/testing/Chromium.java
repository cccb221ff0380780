package io.freshet.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** One page in a Chromium without a window. It finds nothing of the pages before it. */
public final class Chromium implements AutoCloseable {

    private final Browser browser;
    private final String tab;
    private final DevTools page;

    private Chromium(Browser browser) {
        this.browser = browser;
        this.tab = browser.newTab();
        this.page = browser.speakTo(tab);
        List.of("Page", "Runtime", "Log").forEach(domain -> page.call(domain + ".enable", Map.of()));
    }

    /** Where it is on this machine, if it is. */
    public static Optional<Path> binary() {
        var path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(path.split(File.pathSeparator, -1)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** An empty page. */
    public static Chromium open() {
        return new Chromium(Browser.shared());
    }

    public void window(int width, int height, String colourScheme) {
        page.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        var feature = Map.of("name", "prefers-color-scheme", "value", colourScheme);
        page.call("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    /** As whoever was never there before. */
    public void open(URI uri) {
        var origin = "%s://%s".formatted(uri.getScheme(), uri.getAuthority());
        page.call("Storage.clearDataForOrigin", Map.of("origin", origin, "storageTypes", "all"));
        page.call("Network.clearBrowserCache", Map.of());
        page.call("Page.navigate", Map.of("url", uri.toString()));
    }

    /** What an expression is in the page, once a promise of it is kept. */
    public JsonNode evaluate(String expression) {
        var answer = page.call(
                "Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
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
            page.call("Input.dispatchKeyEvent", event);
        }
    }

    /** A key that writes a character. */
    public void press(String character) {
        page.call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", character, "text", character));
        page.call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", character));
    }

    /** Into whatever has the focus. */
    public void type(String text) {
        page.call("Input.insertText", Map.of("text", text));
    }

    public void reload() {
        page.call("Page.reload", Map.of());
    }

    public void offline(boolean is) {
        page.call("Network.enable", Map.of());
        page.call(
                "Network.emulateNetworkConditions",
                Map.of("offline", is, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    public byte[] screenshot() {
        return Base64.getDecoder()
                .decode(page.call("Page.captureScreenshot", Map.of("format", "png"))
                        .path("data")
                        .asText());
    }

    /** Errors of the page's script, and what the browser refused, since the last look. */
    public List<String> complaints() {
        return page.complaints();
    }

    @Override
    public void close() {
        page.close();
        browser.close(tab);
    }
}
