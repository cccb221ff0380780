package io.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the parts of the page keep to, as no browser shows it. */
class PageSourcesTest {

    private static final Path PAGE = Path.of("src/main/resources/META-INF/resources/page");
    /** What they keep in the browser: which keys are off, and filters of reports. */
    private static final List<String> MAY_KEEP = List.of("keyboard.js", "saved.js");

    private static final int LONGEST = 130;
    private static final Pattern IMPORT = Pattern.compile("from '\\./(\\S+)'");
    private static final Pattern IMPORTED = Pattern.compile("import \\{([^}]+)}");
    private static final Pattern EXPORTED = Pattern.compile("export function (\\w+)");
    private static final Pattern CALLED = Pattern.compile("(?<![.\\w])(\\w+)\\(");
    /** Functions of its own, and values that are called like one of another part. */
    private static final Pattern DECLARED = Pattern.compile("\\b(?:function|const|let) (\\w+)");

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

    /** No build looks for names that nobody has; a browser finds out when it comes to the line. */
    @Test
    void shouldImportWhatItUsesOfOthers() throws IOException {
        var parts = parts();
        var exported = parts.values().stream()
                .flatMap(text -> EXPORTED.matcher(text).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        assertThat(parts).allSatisfy((name, text) -> {
            var called = namesIn(CALLED, text);
            called.retainAll(exported);
            called.removeAll(namesIn(DECLARED, text));
            assertThat(namesIn(IMPORTED, text)).as(name).containsAll(called);
        });
    }

    private static Set<String> namesIn(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .flatMap(found -> Stream.of(found.group(1).split("\\W+")))
                .collect(Collectors.toSet());
    }
}
