package io.freshet.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a benchmark found, printed and kept in its section of {@code docs/benchmarks.md}. */
final class Table {

    private static final Path PAGE = Path.of("docs", "benchmarks.md");

    private final String name;
    private final String about;
    private final List<String> rows = new ArrayList<>();

    /** @param about one sentence: what was done, and what the reference is */
    Table(String name, String about) {
        this.name = name;
        this.about = about;
    }

    void row(String what, double measured, double reference, String goal) {
        rows.add("| %s | %s | %s | %s | %s |"
                .formatted(what, number(measured), number(reference), number(measured / reference), goal));
    }

    void row(String what, double measured, String goal) {
        rows.add("| %s | %s | | | %s |".formatted(what, number(measured), goal));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.2f", value);
    }

    /** Replaces the section of this name, and leaves the others as they are. */
    void publish() {
        var section =
                "## %s\n\n%s\n\n%s, %d processors, Java %s.\n\n| what | measured | reference | ratio | goal |\n|---|---|---|---|---|\n%s\n"
                        .formatted(
                                name,
                                about,
                                LocalDate.now(ZoneOffset.UTC),
                                Runtime.getRuntime().availableProcessors(),
                                System.getProperty("java.version"),
                                String.join("\n", rows));
        System.out.println(section);
        try {
            var page = Files.exists(PAGE) ? Files.readString(PAGE) : "";
            var start = page.indexOf("## " + name + "\n");
            var end = start < 0 ? -1 : page.indexOf("\n## ", start + 1);
            var before = start < 0 ? page : page.substring(0, start);
            var after = end < 0 ? "" : page.substring(end + 1);
            Files.writeString(PAGE, before.stripTrailing() + "\n\n" + section + (after.isEmpty() ? "" : "\n" + after));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
