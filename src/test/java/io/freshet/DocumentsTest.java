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

    private static final Pattern NAMED = Pattern.compile("docs/[\\w./-]+\\.\\w+(?:, ([A-Z][\\w ]+\\w))?");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:#\\w+)?`");

    private static List<Path> pages() {
        try (var below =
                Stream.of("docs", "deploy", "clients", ".github").flatMap(directory -> below(directory, ".md"))) {
            return Stream.concat(Stream.of("README.md", "CHANGELOG.md").map(Path::of), below)
                    .toList();
        }
    }

    private static Stream<Path> below(String directory, String... endings) {
        try (var files = Files.walk(Path.of(directory))) {
            return files.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String prose(Path page) {
        return CODE.matcher(text(page)).replaceAll("");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
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

    @Test
    void shouldListEveryPageInTheIndex() throws IOException {
        var index = Path.of("docs/README.md");
        try (var pages = Files.list(index.getParent())) {
            var names = pages.map(page -> page.getFileName().toString())
                    .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                    .toList();

            assertThat(names).allSatisfy(name -> assertThat(text(index)).contains("](" + name + ")"));
        }
    }

    /** Messages, alerts and comments send people to pages, and to the headings that they name after a comma. */
    @Test
    void shouldHaveThePagesThatCodeNames() {
        var missing = new ArrayList<String>();
        var named = Stream.of("src/main", "src/dev", "deploy")
                .flatMap(directory -> below(directory, ".java", ".properties", ".js", ".html", ".yaml", ".tpl", ".txt"))
                .flatMap(file -> NAMED.matcher(text(file)).results())
                .toList();
        named.forEach(name -> {
            var page = Path.of(name.group().replaceAll(",.*", ""));
            if (!Files.exists(page) || (name.group(1) != null && !text(page).contains("# " + name.group(1) + "\n"))) {
                missing.add(name.group());
            }
        });

        assertThat(named).hasSizeGreaterThan(15);
        assertThat(missing).isEmpty();
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
