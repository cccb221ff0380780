package io.freshet.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The one Chromium of this JVM's tests, which starts with the first page and ends with the JVM. */
final class Browser {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path profile;
    private final String address;
    private final DevTools devTools;

    private Browser(Process process, Path profile, String port, String path) {
        this.process = process;
        this.profile = profile;
        this.address = "ws://127.0.0.1:" + port;
        this.devTools = new DevTools(URI.create(address + path));
    }

    private static final class Shared {
        static final Browser BROWSER = start(Chromium.binary().orElseThrow());
    }

    static Browser shared() {
        return Shared.BROWSER;
    }

    private static Browser start(Path binary) {
        try {
            var profile = Files.createTempDirectory("chromium");
            var process = new ProcessBuilder(
                            binary.toString(),
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            // Each renderer costs a second of a processor, also one that only stands by.
                            "--renderer-process-limit=1",
                            "--disable-features=SpareRendererForSitePerProcess",
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
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> Files.exists(portFile)
                            && Files.readAllLines(portFile).size() == 2);
            var said = Files.readAllLines(portFile);
            var browser = new Browser(process, profile, said.get(0), said.get(1));
            Runtime.getRuntime().addShutdownHook(new Thread(browser::end, "chromium-end"));
            return browser;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tab that shows nothing, by its id. A window for each would cost twice as much. */
    String newTab() {
        devTools.call("Storage.clearCookies", Map.of());
        return devTools.call("Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asText();
    }

    DevTools speakTo(String tab) {
        return new DevTools(URI.create(address + "/devtools/page/" + tab));
    }

    void close(String tab) {
        devTools.call("Target.closeTarget", Map.of("targetId", tab));
    }

    private void end() {
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
}
