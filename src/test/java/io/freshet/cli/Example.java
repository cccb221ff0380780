package io.freshet.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An example of docs/command-line.md.
 *
 * @param line what is typed, without "freshet"
 * @param printed what the page says that it prints
 */
record Example(String line, String printed) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```console [^\n]*\n\\$ freshet (.+?)\n(.*?)^```$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    static List<Example> all() {
        try {
            return BLOCK.matcher(Files.readString(Path.of("docs/command-line.md")))
                    .results()
                    .map(block -> new Example(block.group(1), block.group(2)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isDoctor() {
        return line.startsWith("doctor");
    }

    String[] arguments() {
        var words = new ArrayList<String>();
        WORD.matcher(line).results().forEach(word -> words.add(word.group(1) == null ? word.group(2) : word.group(1)));
        return words.toArray(String[]::new);
    }

    @Override
    public String toString() {
        return "freshet " + line;
    }
}
