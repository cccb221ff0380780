package io.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No file of main code holds two ideas: a long one is a sign of that. */
class FileSizesTest {

    private static final Path MAIN = Path.of("src/main/java/io/freshet");
    private static final int LONGEST = 200;
    private static final int MEDIAN = 60;

    private record SourceFile(String name, long lines) {
        @Override
        public String toString() {
            return lines + " " + name;
        }
    }

    /** The longest first. */
    private static List<SourceFile> files() throws IOException {
        try (var all = Files.walk(MAIN)) {
            return all.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.endsWith("package-info.java"))
                    .map(FileSizesTest::measured)
                    .sorted(Comparator.comparing(SourceFile::lines).reversed())
                    .toList();
        }
    }

    private static SourceFile measured(Path file) {
        try (var lines = Files.lines(file)) {
            return new SourceFile(MAIN.relativize(file).toString().replace('\\', '/'), lines.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldKeepFilesShort() throws IOException {
        var files = files();
        var median = files.get(files.size() / 2).lines();

        System.out.printf("%d files, median %d lines, the longest: %s%n", files.size(), median, files.subList(0, 10));

        assertThat(files).as("a second idea deserves a file of its own").allMatch(file -> file.lines() <= LONGEST);
        assertThat(median).as("the median").isLessThanOrEqualTo(MEDIAN);
    }
}
