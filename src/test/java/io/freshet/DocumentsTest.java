package io.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages look like to whoever reads them: links lead somewhere, and tables are whole. */
class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("]\\((?!\\w+:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");

    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:#\\w+)?`");

    private static List<Path> pages() {
        try (var below = Stream.of("docs", "deploy", "clients").flatMap(DocumentsTest::below)) {
            return Stream.concat(Stream.of("README.md", "CHANGELOG.md").map(Path::of), below)
                    .toList();
        }
    }

    private static Stream<Path> below(String directory) {
        try (var files = Files.walk(Path.of(directory))) {
            return files.filter(file -> file.toString().endsWith(".md")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String prose(Path page) {
        try {
            return CODE.matcher(Files.readString(page)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldLeadSomewhereByEveryLink() {
        var dead = new ArrayList<String>();
        for (var page : pages()) {
            LINK.matcher(prose(page)).results().forEach(link -> {
                var target = link.group(1).isEmpty()
                        ? page
                        : page.resolveSibling(link.group(1)).normalize();
                if (!Files.exists(target)
                        || (link.group(2) != null && !headings(target).contains(link.group(2)))) {
                    dead.add(page + ": " + link.group());
                }
            });
        }

        assertThat(dead).isEmpty();
    }

    /** As a forge makes them into anchors. */
    private static List<String> headings(Path page) {
        return HEADING.matcher(prose(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Words of enums and of the wire are all in capitals, or begin with a small letter. */
    @Test
    void shouldNameOnlyClassesThatThereAre() throws IOException {
        var named = CLASS.matcher(prose(Path.of("docs/architecture.md")))
                .results()
                .map(name -> name.group(1) + ".java")
                .toList();
        try (var sources = Files.walk(Path.of("src"))) {
            var files = sources.map(file -> file.getFileName().toString()).collect(Collectors.toSet());

            assertThat(named).hasSizeGreaterThan(20).allMatch(files::contains);
        }
    }

    /** A row after an empty line belongs to no table, and is shown with its strokes. */
    @Test
    void shouldBeginEveryTableWithAHead() {
        var torn = new ArrayList<String>();
        for (var page : pages()) {
            var lines = prose(page).lines().toList();
            for (var n = 0; n < lines.size(); n++) {
                var isFirst = lines.get(n).startsWith("|")
                        && (n == 0 || !lines.get(n - 1).startsWith("|"));
                if (isFirst && (n + 1 == lines.size() || !lines.get(n + 1).matches("\\|[-:| ]+\\|"))) {
                    torn.add(page + ": " + lines.get(n));
                }
            }
        }

        assertThat(torn).isEmpty();
    }
}
