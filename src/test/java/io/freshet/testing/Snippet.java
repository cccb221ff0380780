package io.freshet.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command line, a file or an answer in the documentation.
 *
 * @param mark who runs or checks it, as it says behind its language; empty if it doesn't say
 */
public record Snippet(Path page, int line, String language, String mark, String text) {

    private static final Pattern FENCED = Pattern.compile("(?ms)^( *)```(\\w+)([^\\n]*)\\n(.*?)^ *```$");

    /** Of all pages; drawings are none. */
    public static List<Snippet> all() {
        return Stream.concat(
                        Stream.of(Path.of("README.md")),
                        Stream.of(".github", "deploy", "docs", "clients").flatMap(Snippet::below))
                .flatMap(Snippet::of)
                .filter(snippet -> !snippet.language().equals("mermaid"))
                .toList();
    }

    private static Stream<Path> below(String directory) {
        try (var files = Files.walk(Path.of(directory))) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Snippet> of(Path page) {
        try {
            var text = Files.readString(page);
            return FENCED.matcher(text).results().map(block -> of(page, text, block)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Snippet of(Path page, String text, MatchResult block) {
        var line = (int) text.substring(0, block.start()).lines().count() + 1;
        return new Snippet(
                page,
                line,
                block.group(2),
                block.group(3).strip(),
                block.group(4).replaceAll("(?m)^" + block.group(1), ""));
    }

    public boolean isMarked(String wanted) {
        return mark.equals(wanted);
    }

    @Override
    public String toString() {
        return page + ":" + line + " " + text.lines().findFirst().orElse("");
    }
}
