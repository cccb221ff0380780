package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freshet.testing.ClassCache;
import io.freshet.testing.KafkaTools;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Programs;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import io.freshet.testing.Snippet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Command lines of the documentation, as they stand, against Freshet, Kafka and the sandbox: with a role that may do it all, and with
 * the addresses and topics of the test in place of those of the page.
 */
@Order(7) // it takes long, so it begins early
class SnippetsIT {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String SOURCE = "843786b025e5";
    private static final String REPORT = "001d63d3bebb";
    private static final Path JAR = PackagedApplication.directory().resolve("quarkus-run.jar");

    /** What would be read without an end is read for a few seconds. */
    private static final String PRELUDE = """
            set -euo pipefail
            shopt -s expand_aliases
            A="Authorization: Bearer $FRESHET_TOKEN"; J="Content-Type: application/json"; U=$FRESHET_URL/api/v1
            freshet() { java -XX:TieredStopAtLevel=1 %s -jar %s "$@"; }
            curl() { command curl --max-time 3 "$@" || [ $? = 28 ]; }
            kcat() { timeout 3 kcat "$@" || [ $? = 124 ]; }
            T="kafka-transactions.sh --bootstrap-server $KAFKA_BOOTSTRAP_SERVERS"
            """;
    /** As Freshet says that something was wrong. */
    private static final Pattern PROBLEM = Pattern.compile("\"status\": ?[45]\\d\\d");

    @TempDir
    private static Path directory;

    private static Scene scene;
    private static PackagedApplication freshet;
    private static KafkaSnippets kafka;

    static Stream<Snippet> snippets() {
        return Snippet.all().stream().filter(snippet -> snippet.isMarked("run-by=SnippetsIT"));
    }

    @BeforeAll
    static void start() {
        assumeTrue(Files.exists(JAR), "not run: it needs the jar");
        scene = Scene.open(Prompt.MODE);
        scene.workspace().addDataSource(SOURCE, "Warehouse");
        scene.workspace().addSpace("59ace0000001", "Sales");
        scene.workspace().addDataset("da7a5e000001", "Orders", SOURCE, "59ace0000001");
        scene.workspace().addReport(REPORT, "Daily revenue", "59ace0000001", "da7a5e000001");
        scene.sandbox().runClock().takes(Duration.ofMillis(100), Duration.ofMillis(200));
        freshet = scene.start(Prompt.but(Map.of(
                "freshet.access.\"ops\".token",
                TOKEN,
                "freshet.access.\"ops\".roles",
                "admin",
                "freshet.topics.partitions",
                Integer.toString(KafkaSnippets.PARTITION + 1))));
        kafka = new KafkaSnippets(scene, directory.resolve("letter.txt"));
        Stream.of("2026-11-24", "load-4711")
                .forEach(id -> scene.change(
                        SOURCE,
                        "{\"data_source\": \"%s\"}".formatted(SOURCE),
                        Map.of(
                                "ce_specversion", "1.0",
                                "ce_type", "io.freshet.data-changed.v1",
                                "ce_source", "/etl/nightly",
                                "ce_id", id,
                                "content-type", "application/json")));
        scene.eventually(() -> assertThat(scene.events("change-settled")).hasSize(2));
        kafka.prepare();
    }

    @AfterAll
    static void stop() {
        if (scene != null) {
            scene.close();
        }
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void shouldDoWhatThePageSays(Snippet snippet) throws Exception {
        assumeTrue(
                Stream.of("curl", "jq", "kcat", "java")
                        .filter(snippet.text()::contains)
                        .allMatch(Programs::areThere),
                "not run: it needs a program that isn't there");

        kafka.before(snippet.text());
        var said = run(here(snippet.text()));

        assertThat(said).doesNotContainPattern(PROBLEM);
        kafka.after(snippet.text(), said);
        if (snippet.text().contains("hold acme workspace")) {
            // The next would wait.
            run("freshet release acme workspace --why over");
        }
    }

    private static String here(String text) {
        return kafka.here(text)
                .replace("batch=1207", "batch=1")
                .replace("localhost:8080", freshet.url().getAuthority())
                .replace("localhost:9000", freshet.managementUrl().getAuthority())
                .replace("localhost:9092", scene.topics().settings().get("kafka.bootstrap.servers"))
                .replace("https://app.mode.com", scene.sandbox().url().toString());
    }

    /** What it says, if it ends well. */
    private static String run(String text) throws IOException, InterruptedException {
        var shell = new ProcessBuilder(
                        "bash",
                        "-c",
                        PRELUDE.formatted(String.join(" ", ClassCache.options()), JAR) + KafkaTools.functions() + text)
                .redirectErrorStream(true);
        shell.environment().putAll(KafkaTools.environment());
        scene.settings().forEach((name, value) -> shell.environment()
                .put(name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT), value));
        shell.environment().put("FRESHET_URL", freshet.url().toString());
        shell.environment().put("FRESHET_TOKEN", TOKEN);
        var process = shell.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s%n%s", text, said).isZero();
        return said;
    }
}
