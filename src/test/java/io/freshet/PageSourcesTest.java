package io.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the parts of the page keep to, as no browser shows it. */
class PageSourcesTest {

    private static final Path PAGE = Path.of("src/main/resources/META-INF/resources/page");
    /** What they keep in the browser: which keys are off, and filters of reports. */
    private static final List<String> MAY_KEEP = List.of("keyboard.js", "saved.js");

    private static final int LONGEST = 130;
    private static final Pattern IMPORT = Pattern.compile("from '\\./(\\S+)'");

    /** Ways in which text could become elements or code, and places that outlive the page. */
    private static final List<String> FORBIDDEN = List.of(
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "sessionStorage",
            "document.cookie");

    private static Map<String, String> parts() throws IOException {
        try (var files = Files.list(PAGE)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    .collect(Collectors.toMap(file -> file.getFileName().toString(), PageSourcesTest::read));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldHoldOneIdeaEachAndSayIt() throws IOException {
        assertThat(parts()).hasSizeGreaterThan(15).allSatisfy((name, text) -> {
            assertThat(text.lines().count()).as(name).isLessThanOrEqualTo(LONGEST);
            assertThat(text).as(name).startsWith("// ");
        });
    }

    @Test
    void shouldMakeNothingOfTextButText() throws IOException {
        assertThat(parts()).allSatisfy((name, text) -> assertThat(text).as(name).doesNotContain(FORBIDDEN));
    }

    @Test
    void shouldKeepTheTokenInOnePlaceThatKeepsNothing() throws IOException {
        assertThat(parts()).allSatisfy((name, text) -> {
            if (!name.equals("api.js")) {
                assertThat(text).as(name).doesNotContain("Authorization");
            }
            if (!MAY_KEEP.contains(name)) {
                assertThat(text).as(name).doesNotContain("localStorage");
            }
        });
    }

    @Test
    void shouldUseEachPartAndNoOther() throws IOException {
        var parts = parts();
        var used = parts.values().stream()
                .flatMap(text -> IMPORT.matcher(text).results())
                .map(found -> found.group(1))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        used.put("main.js", 1L); // by page.js
        assertThat(used.keySet()).isEqualTo(parts.keySet());
    }
}
