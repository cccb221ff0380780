package io.freshet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.freshet.testing.Programs;
import io.freshet.testing.Snippet;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each snippet of the documentation says who runs it, and what can be said of it without running it is so. */
class SnippetsTest {

    private static final Pattern MARK = Pattern.compile("not-run|by-hand|(?:run|checked)-by=(\\S+)");

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static Stream<Snippet> sh() {
        return in("sh");
    }

    static Stream<Snippet> json() {
        return in("json");
    }

    static Stream<Snippet> yaml() {
        return in("yaml");
    }

    static Stream<Snippet> python() {
        return in("python");
    }

    static Stream<Snippet> properties() {
        return in("properties");
    }

    private static Stream<Snippet> in(String language) {
        return Snippet.all().stream().filter(snippet -> snippet.language().equals(language));
    }

    /** As docs/README.md explains the marks. */
    @Test
    void shouldSayOfEachSnippetWhoRunsIt() throws IOException {
        try (var files = Files.walk(Path.of("src/test/java"))) {
            var tests = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());

            assertThat(Snippet.all()).hasSizeGreaterThan(80);
            assertThat(Snippet.all().stream().filter(snippet -> !isMarked(snippet, tests)))
                    .as("without a mark, or with that of a test that there isn't: see docs/README.md")
                    .isEmpty();
        }
    }

    private static boolean isMarked(Snippet snippet, Set<String> tests) {
        var mark = MARK.matcher(snippet.mark());
        return mark.matches()
                && (mark.group(1) == null
                        || tests.contains(mark.group(1) + ".java")
                        || Files.isExecutable(Path.of(mark.group(1))));
    }

    @ParameterizedTest
    @MethodSource("sh")
    void shouldBeReadByAShell(Snippet snippet) throws Exception {
        assertThat(said(snippet, "bash", "-n")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("python")
    void shouldBeReadByPython(Snippet snippet) throws Exception {
        assumeTrue(Programs.areThere("python3"), "not checked: it needs python3");

        assertThat(said(snippet, "python3", "-c", "import ast, sys; ast.parse(sys.stdin.read())"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("json")
    void shouldBeJson(Snippet snippet) throws IOException {
        assertThat(json.readTree(snippet.text()).isObject()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void shouldBeYaml(Snippet snippet) throws IOException {
        assertThat(new YAMLMapper().readTree(snippet.text()).isObject()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("properties")
    void shouldNameSettingsThatThereAre(Snippet snippet) throws IOException {
        var known =
                SettingsPage.of(Files.readAllLines(Path.of("src/main/resources/application.properties")))
                        .settings()
                        .stream()
                        .map(setting -> withoutNames(setting.property()))
                        .toList();
        var named = new Properties();
        named.load(new StringReader(snippet.text()));

        assertThat(named).isNotEmpty();
        assertThat(named.stringPropertyNames()).allMatch(name -> known.contains(withoutNames(name)));
    }

    private static String withoutNames(String property) {
        return property.replaceAll("\"[^\"]+\"", "\"\"").replaceAll("\\[\\d+]", "[]");
    }

    /** Quarkus asks about its analytics at the first start, unless this property is set for Maven itself. */
    @Test
    void shouldAskNothingAtTheFirstStart() throws IOException {
        assertThat(Files.readAllLines(Path.of(".mvn/jvm.config"))).contains("-Dquarkus.analytics.disabled=true");
    }

    private static String said(Snippet snippet, String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var input = process.getOutputStream()) {
            input.write(snippet.text().getBytes(StandardCharsets.UTF_8));
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : said + "exit code " + process.exitValue();
    }
}
